import type { Movement } from '../../contracts/define.ts';
import type { Actor } from '../../kernel/context.ts';
import type { SocketConnection } from './socket-connection.ts';

export const conversationRoom = (conversationId: string): string => `c:${conversationId}`;
/** The conversation whose room this is; null for any other room. */
export const conversationIn = (room: string): string | null => (room.charCodeAt(0) === 0x63 ? room.slice(2) : null);
export const userRoom = (userId: string): string => `u:${userId}`;
export const watchRoom = (userId: string): string => `w:${userId}`;
/** The people whose watchers these rooms are of. */
export const watchedIn = (rooms: Iterable<string>): string[] =>
  [...rooms].filter((room) => room.startsWith('w:')).map((room) => room.slice(2));
/** Everyone but guests of the team, who have one of their own: what goes to everyone is about people. */
export const everyoneRoom = 'everyone';
export const guestsRoom = 'guests';
const roomFor = ({ role }: Actor): string => (role === 'guest' ? guestsRoom : everyoneRoom);

const empty: ReadonlySet<SocketConnection> = new Set();

/** Who is in which room on this node. Only the server puts anyone into a room. */
export class Rooms {
  readonly #rooms = new Map<string, Set<SocketConnection>>();
  readonly #connections = new Map<string, SocketConnection>();

  get connections(): ReadonlyMap<string, SocketConnection> {
    return this.#connections;
  }

  in(room: string): ReadonlySet<SocketConnection> {
    return this.#rooms.get(room) ?? empty;
  }

  /** Bytes that wait for this person's connections. */
  waitingOf(userId: string): number {
    let sum = 0;
    for (const connection of this.in(userRoom(userId))) sum += connection.waitingBytes;
    return sum;
  }

  /** Conversations that somebody on this node listens to. */
  conversationIds(): string[] {
    const ids: string[] = [];
    for (const room of this.#rooms.keys()) if (room.startsWith('c:')) ids.push(room.slice(2));
    return ids;
  }

  enter(connection: SocketConnection): void {
    this.#connections.set(connection.id, connection);
    this.join(connection, userRoom(connection.actor.userId));
    this.join(connection, roomFor(connection.actor));
  }

  /** What is known of the person by now; a connection that closed meanwhile stays removed. */
  identify(connection: SocketConnection, actor: Actor): void {
    const before = roomFor(connection.actor);
    connection.actor = actor;
    if (before === roomFor(actor) || !this.#connections.has(connection.id)) return;
    this.leave(connection, before);
    this.join(connection, roomFor(actor));
  }

  leaveAll(connection: SocketConnection): void {
    this.#connections.delete(connection.id);
    for (const room of connection.rooms) this.#remove(connection, room);
    connection.rooms.clear();
  }

  join(connection: SocketConnection, room: string): void {
    connection.rooms.add(room);
    const members = this.#rooms.get(room);
    if (members) members.add(connection);
    else this.#rooms.set(room, new Set([connection]));
  }

  leave(connection: SocketConnection, room: string): void {
    if (connection.rooms.delete(room)) this.#remove(connection, room);
  }

  /** Begins to read a connection's conversations again; answers those it is in by now. */
  reread(connection: SocketConnection): string[] {
    connection.lostWhileJoining = new Set();
    return [...connection.rooms].filter((room) => room.startsWith('c:')).map((room) => room.slice(2));
  }

  /**
   * Puts a connection into the conversations read for it, less those it lost while they were read, and out of those that it
   * was in before and that were not among them.
   */
  settle(connection: SocketConnection, conversationIds: readonly string[], before: readonly string[] = []): void {
    const lost = connection.lostWhileJoining;
    connection.lostWhileJoining = null;
    if (!this.#connections.has(connection.id)) return;
    for (const id of conversationIds) if (!lost?.has(id)) this.join(connection, conversationRoom(id));
    if (before.length === 0) return;
    const now = new Set(conversationIds);
    for (const id of before) if (!now.has(id)) this.leave(connection, conversationRoom(id));
  }

  move({ userIds, conversationId, as }: Movement): void {
    const room = conversationRoom(conversationId);
    for (const userId of userIds) {
      for (const connection of this.in(userRoom(userId))) {
        if (as === 'member') {
          connection.lostWhileJoining?.delete(conversationId);
          this.join(connection, room);
        } else {
          connection.lostWhileJoining?.add(conversationId);
          this.leave(connection, room);
        }
      }
    }
  }

  /** Replaces the people a connection watches; one that closed meanwhile watches nobody. */
  watch(connection: SocketConnection, userIds: readonly string[]): void {
    if (!this.#connections.has(connection.id)) return;
    for (const watched of watchedIn(connection.rooms)) this.leave(connection, watchRoom(watched));
    for (const userId of userIds) this.join(connection, watchRoom(userId));
  }

  #remove(connection: SocketConnection, room: string): void {
    const members = this.#rooms.get(room);
    if (members?.delete(connection) && members.size === 0) this.#rooms.delete(room);
  }
}
