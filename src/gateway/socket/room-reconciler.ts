import { listAudiences } from '../../contracts/chat/members.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { systemContext } from '../../kernel/context.ts';
import type { SocketConnection } from './socket-connection.ts';
import type { Rooms } from './rooms.ts';

const usersPerCall = 200;

/** Moves every socket into the rooms that the store says, for when this node may have missed changes of members. */
export class RoomReconciler {
  readonly #bus: BusCaller;
  readonly #rooms: Rooms;

  constructor({ bus, rooms }: { bus: BusCaller; rooms: Rooms }) {
    this.#bus = bus;
    this.#rooms = rooms;
  }

  async reconcile(): Promise<void> {
    const byUser = new Map<string, SocketConnection[]>();
    for (const link of this.#rooms.connections.values()) byUser.set(link.actor.userId, [...(byUser.get(link.actor.userId) ?? []), link]);
    const userIds = [...byUser.keys()];
    for (let at = 0; at < userIds.length; at += usersPerCall) {
      const slice = userIds.slice(at, at + usersPerCall);
      // One whose rooms are being read for the first time is up to date anyway.
      const links = slice.flatMap((userId) => byUser.get(userId) ?? []).filter((link) => link.lostWhileJoining === null);
      const before = new Map(links.map((link) => [link, this.#rooms.reread(link)]));
      await this.#read(slice, before);
    }
  }

  async #read(userIds: readonly string[], before: ReadonlyMap<SocketConnection, readonly string[]>): Promise<void> {
    try {
      const { audiences } = await this.#bus.call(listAudiences, { userIds: [...userIds] }, systemContext());
      for (const [link, were] of before) this.#rooms.settle(link, audiences[link.actor.userId] ?? [], were);
    } catch (error) {
      for (const link of before.keys()) link.lostWhileJoining = null;
      throw error;
    }
  }
}
