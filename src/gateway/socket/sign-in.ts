import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import { z } from 'zod';
import { listAudiences } from '../../contracts/chat/members.ts';
import { readHeads } from '../../contracts/chat/sync.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { systemContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { AddressOf } from '../address.ts';
import { type Limits, unlimited } from '../limits.ts';
import type { OriginPolicy } from '../origin.ts';
import { toProblem } from '../problem.ts';
import type { Sessions } from '../sessions.ts';
import type { Arrivals } from './arrivals.ts';
import type { Guests } from './guests.ts';
import { type EngineConnection, hangUp, SocketConnection } from './socket-connection.ts';
import { type Rooms, userRoom } from './rooms.ts';
import type { ReorderBuffer } from './reorder-buffer.ts';

interface SignInParts {
  readonly bus: BusCaller;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly origins: OriginPolicy;
  readonly addressOf: AddressOf;
  readonly isOneOfSeveral: boolean;
  readonly rooms: Rooms;
  readonly guests: Guests;
  readonly reorderBuffer: ReorderBuffer;
  readonly arrivals: Arrivals;
}

/** Connections that one person may have open on a node. */
const connectionsPerUser = 50;

const Token = z.string().min(1).max(4096);

/** Signs a new connection in and puts it into its rooms. */
export class SignIn {
  readonly #parts: SignInParts;
  #isClosed = false;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Refuses every sign-in from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Of a connection that begins, before anything is kept for it: the code of a refusal, or null. */
  async refusalOf(request: IncomingMessage): Promise<string | null> {
    const { origins, limits, addressOf, arrivals } = this.#parts;
    try {
      origins.require({ origin: request.headers.origin, host: request.headers.host });
      await limits.spendAddress(addressOf(request));
      if (limits !== unlimited) arrivals.check(request);
      return null;
    } catch (error) {
      return toProblem(error, newId()).code;
    }
  }

  async welcome(socket: Socket): Promise<void> {
    const connection = socket.conn as unknown as EngineConnection;
    try {
      this.#parts.arrivals.begin(connection);
    } catch (error) {
      hangUp(connection, 'signed in already');
      throw error;
    }
    try {
      await this.#signIn(socket);
    } catch (error) {
      this.#parts.arrivals.failed(connection);
      throw error;
    }
    this.#parts.arrivals.signedIn(connection);
  }

  async #signIn(socket: Socket): Promise<void> {
    const { sessions, limits, addressOf, bus, rooms, reorderBuffer } = this.#parts;
    if (this.#isClosed) throw new AppError('unavailable', { detail: 'The server is stopping.', retryAfter: 1 });
    const address = addressOf(socket.request);
    const token = Token.safeParse((socket.handshake.auth as { token?: unknown }).token);
    if (!token.success) throw new AppError('unauthenticated', { detail: 'Send an access token as auth.token.' });
    const verified = await sessions.authenticate(token.data);
    await limits.spend('signal', verified.actor.userId);
    const device = (socket.request.headers['user-agent'] ?? '').slice(0, 200);
    const connection = new SocketConnection(socket, { ...verified, address, device });
    socket.data = connection;
    const { userId } = connection.actor;
    if (rooms.in(userRoom(userId)).size >= connectionsPerUser)
      throw new AppError('rate_limited', { detail: `At most ${String(connectionsPerUser)} connections of one person.`, retryAfter: 30 });
    rooms.enter(connection);
    try {
      const [{ audiences }, [actor]] = await Promise.all([
        bus.call(listAudiences, { userIds: [userId] }, systemContext()),
        // Read again: an event that ended the session before the connection joined its room did not reach it.
        sessions.readActors([connection.actor.sessionId]),
      ]);
      if (!actor) throw new AppError('unauthenticated', { detail: 'The session has ended.' });
      rooms.identify(connection, actor);
      await this.#parts.guests.enter(connection);
      const conversationIds = audiences[userId] ?? [];
      if (this.#parts.isOneOfSeveral) await reorderBuffer.begin(conversationIds, this.#readHeads);
      rooms.settle(connection, conversationIds);
      if (connection.engine.readyState !== 'open') throw new AppError('client_closed');
    } catch (error) {
      rooms.leaveAll(connection);
      throw error;
    }
  }

  readonly #readHeads = async (conversationIds: string[]): Promise<Readonly<Record<string, number>>> =>
    (await this.#parts.bus.call(readHeads, { conversationIds }, systemContext())).revs;
}
