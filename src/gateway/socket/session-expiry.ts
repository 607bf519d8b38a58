import { sessionExpired, sessionRevoked } from '../../contracts/connections/frames.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sessions } from '../sessions.ts';
import type { FanOut } from './fan-out.ts';
import { hangUp, type SocketConnection } from './socket-connection.ts';
import { packetOf } from './packet.ts';
import { type Rooms, userRoom } from './rooms.ts';

/** Closes sockets whose session or token ended. */
export class SessionExpiry {
  readonly #rooms: Rooms;
  readonly #sessions: Sessions;
  readonly #fanOut: FanOut;
  readonly #clock: Clock;

  constructor({ rooms, sessions, fanOut, clock }: { rooms: Rooms; sessions: Sessions; fanOut: FanOut; clock: Clock }) {
    this.#rooms = rooms;
    this.#sessions = sessions;
    this.#fanOut = fanOut;
    this.#clock = clock;
  }

  /** Closes sockets whose token ran out or whose key was ended; the client reconnects with a new one. */
  closeExpired(): void {
    const now = this.#clock.now();
    for (const connection of this.#rooms.connections.values()) {
      if (connection.isTerminated || (connection.expiresAt > now && this.#sessions.trusts(connection.keyId))) continue;
      this.#send(connection, packetOf(sessionExpired, {}));
      connection.isTerminated = true;
      this.#rooms.leaveAll(connection);
      hangUp(connection.engine, 'session expired');
    }
  }

  /** Reads the sessions of open sockets again: roles follow, ended sessions close. */
  async review(connections: Iterable<SocketConnection> = this.#rooms.connections.values()): Promise<void> {
    const reviewed = [...connections];
    const ids = [...new Set(reviewed.map((connection) => connection.actor.sessionId))];
    if (ids.length === 0) return;
    const actors = new Map<string, Awaited<ReturnType<Sessions['readActors']>>[number]>();
    for (let at = 0; at < ids.length; at += 5000) {
      const slice = ids.slice(at, at + 5000);
      const read = await this.#sessions.readActors(slice);
      slice.forEach((id, index) => actors.set(id, read[index] ?? null));
    }
    for (const connection of reviewed) {
      const actor = actors.get(connection.actor.sessionId);
      if (actor) this.#rooms.identify(connection, actor);
      else this.#endConnection(connection, 'expired');
    }
  }

  reviewUsers(userIds: readonly string[]): Promise<void> {
    return this.review(userIds.flatMap((userId) => [...this.#rooms.in(userRoom(userId))]));
  }

  /** Sends the sockets of ended sessions the reason and closes them. */
  revoke({ userId, sessionIds, reason }: { userId: string; sessionIds?: readonly string[]; reason: string }): void {
    for (const connection of [...this.#rooms.in(userRoom(userId))]) {
      if (!sessionIds || sessionIds.includes(connection.actor.sessionId)) this.#endConnection(connection, reason);
    }
  }

  #endConnection(connection: SocketConnection, reason: string): void {
    if (connection.isTerminated) return;
    this.#send(connection, packetOf(sessionRevoked, { reason }));
    connection.isTerminated = true;
    this.#rooms.leaveAll(connection);
    connection.socket.disconnect(true);
    hangUp(connection.engine, 'session revoked');
  }

  #send(connection: SocketConnection, packet: string): void {
    this.#fanOut.flush();
    if (!connection.isTerminated) connection.engine.write(packet);
  }
}
