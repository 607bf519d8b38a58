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
    for (const connection of this.#rooms.connections.values())
      byUser.set(connection.actor.userId, [...(byUser.get(connection.actor.userId) ?? []), connection]);
    const userIds = [...byUser.keys()];
    for (let at = 0; at < userIds.length; at += usersPerCall) {
      const slice = userIds.slice(at, at + usersPerCall);
      // One whose rooms are being read for the first time is up to date anyway.
      const connections = slice.flatMap((userId) => byUser.get(userId) ?? []).filter((connection) => connection.lostWhileJoining === null);
      const before = new Map(connections.map((connection) => [connection, this.#rooms.reread(connection)]));
      await this.#read(slice, before);
    }
  }

  async #read(userIds: readonly string[], before: ReadonlyMap<SocketConnection, readonly string[]>): Promise<void> {
    try {
      const { audiences } = await this.#bus.call(listAudiences, { userIds: [...userIds] }, systemContext());
      for (const [connection, were] of before) this.#rooms.settle(connection, audiences[connection.actor.userId] ?? [], were);
    } catch (error) {
      for (const connection of before.keys()) connection.lostWhileJoining = null;
      throw error;
    }
  }
}
