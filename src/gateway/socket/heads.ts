import { readHeads } from '../../contracts/chat/sync.ts';
import { conversationHeads } from '../../contracts/connections/frames.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { systemContext } from '../../kernel/context.ts';
import type { FanOut } from './fan-out.ts';
import { packetOf } from './packet.ts';
import { conversationRoom, type Rooms } from './rooms.ts';

const perCall = 20_000;

/**
 * Finds events that never came: compares the revs in the store with those that this node published to its sockets, and sends
 * the heads of conversations that are ahead. Clients that miss something then call `sync`.
 */
export class Heads {
  readonly #bus: BusCaller;
  readonly #rooms: Rooms;
  readonly #fanOut: FanOut;
  #revs = new Map<string, number>();

  constructor({ bus, rooms, fanOut }: { bus: BusCaller; rooms: Rooms; fanOut: FanOut }) {
    this.#bus = bus;
    this.#rooms = rooms;
    this.#fanOut = fanOut;
  }

  published(conversationId: string, rev: number): void {
    const before = this.#revs.get(conversationId);
    if (before === undefined || before < rev) this.#revs.set(conversationId, rev);
  }

  /** The newest rev published of each of these; those of which none was published are left out. */
  of(conversationIds: readonly string[]): Readonly<Record<string, number>> {
    const heads: Record<string, number> = {};
    for (const id of conversationIds) {
      const rev = this.#revs.get(id);
      if (rev !== undefined) heads[id] = rev;
    }
    return heads;
  }

  async beat(): Promise<void> {
    const ids = this.#rooms.conversationIds();
    this.#forgetAllBut(ids);
    for (let at = 0; at < ids.length; at += perCall) {
      const { revs } = await this.#bus.call(readHeads, { conversationIds: ids.slice(at, at + perCall) }, systemContext());
      for (const [id, rev] of Object.entries(revs)) this.#compare(id, rev);
    }
  }

  #compare(id: string, rev: number): void {
    const published = this.#revs.get(id);
    if (published !== undefined && published >= rev) return;
    this.#revs.set(id, rev);
    this.#fanOut.toRoom(conversationRoom(id), packetOf(conversationHeads, { heads: { [id]: rev } }));
  }

  #forgetAllBut(ids: readonly string[]): void {
    if (this.#revs.size <= ids.length) return;
    const kept = new Set(ids);
    this.#revs = new Map([...this.#revs].filter(([id]) => kept.has(id)));
  }
}
