import { type Batch, batchOf, type Link } from './link.ts';
import type { Rooms } from './rooms.ts';

/**
 * Collects what one turn of the event loop sends, and sends it at the turn's end: each room's packets are framed once
 * for all its members, and each member gets everything in one write.
 */
export class FanOut {
  readonly #rooms: Rooms;
  readonly #onSlow: (link: Link) => void;
  #byRoom = new Map<string, string[]>();
  #withAcks: Link[] = [];
  #isScheduled = false;
  /** Packets handed to sockets so far, times their receivers. */
  delivered = 0;

  constructor(rooms: Rooms, onSlow: (link: Link) => void) {
    this.#rooms = rooms;
    this.#onSlow = onSlow;
  }

  toRoom(room: string, packet: string): void {
    if (this.#rooms.in(room).size === 0) return;
    const packets = this.#byRoom.get(room);
    if (packets) packets.push(packet);
    else this.#byRoom.set(room, [packet]);
    this.#schedule();
  }

  toLink(link: Link, packet: string): void {
    if (link.acks.push(packet) === 1) this.#withAcks.push(link);
    this.#schedule();
  }

  /** Sends what is collected now: before an audience changes, and at the end of a turn. */
  flush = (): void => {
    this.#isScheduled = false;
    const receivers: Link[] = [];
    this.#takeAcks(receivers);
    this.#takeRooms(receivers);
    for (const link of receivers) {
      const { inbox } = link;
      if (!link.isCut && !link.write(inbox)) this.#onSlow(link);
      inbox.length = 0;
    }
  };

  #takeAcks(receivers: Link[]): void {
    if (this.#withAcks.length === 0) return;
    const links = this.#withAcks;
    this.#withAcks = [];
    for (const link of links) {
      const acks = link.acks;
      link.acks = [];
      this.delivered += acks.length;
      put(batchOf(acks), link, receivers);
    }
  }

  #takeRooms(receivers: Link[]): void {
    if (this.#byRoom.size === 0) return;
    const rooms = this.#byRoom;
    this.#byRoom = new Map();
    for (const [room, packets] of rooms) {
      const batch = batchOf(packets);
      const members = this.#rooms.in(room);
      this.delivered += packets.length * members.size;
      for (const link of members) put(batch, link, receivers);
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.flush);
  }
}

function put(batch: Batch, link: Link, receivers: Link[]): void {
  if (link.inbox.push(batch) === 1) receivers.push(link);
}
