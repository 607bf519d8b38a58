import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { connectionHeartbeatMs, connectionsAlive, connectionsClosed } from '../../contracts/connections/connections.ts';
import { renewSession, serverMoving } from '../../contracts/connections/frames.ts';
import type { EventDeclaration, Operation } from '../../contracts/define.ts';
import { eventsMayBeLost } from '../../contracts/nodes/nodes.ts';
import { events } from '../../contracts/registry.ts';
import { type BusCaller, onLive, type Subscription } from '../../kernel/bus/bus.ts';
import { type Clock, seconds, systemClock } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import { sleep, untilIdle } from '../../kernel/sleep.ts';
import type { AddressOf } from '../address.ts';
import type { Backlog } from '../backlog.ts';
import type { CallPipeline } from '../call-pipeline.ts';
import { type Limits, unlimited } from '../limits.ts';
import type { OriginPolicy } from '../origin.ts';
import { toProblem } from '../problem.ts';
import type { Sessions } from '../sessions.ts';
import { Arrivals, signInWithinMs } from './arrivals.ts';
import { emitToClients, type Receivers } from './audience.ts';
import { Behind } from './behind.ts';
import { Commands, EndsConnection } from './commands.ts';
import { FanOut } from './fan-out.ts';
import { openFastLane } from './fast-lane.ts';
import { FrameGuard } from './frame-guard.ts';
import { Guests } from './guests.ts';
import { Heads } from './heads.ts';
import { type EngineConnection, hangUp, type SocketConnection } from './socket-connection.ts';
import { RoomReconciler } from './room-reconciler.ts';
import { Rooms } from './rooms.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import { packetOf } from './packet.ts';
import { SignIn } from './sign-in.ts';
import { Stalls } from './stalls.ts';
import { Upkeep } from './upkeep.ts';
import { SessionExpiry } from './session-expiry.ts';

export interface SocketParts {
  readonly bus: BusCaller;
  readonly pipeline: CallPipeline;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly backlog: Backlog;
  readonly origins: OriginPolicy;
  readonly addressOf: AddressOf;
  /** How many times the usual budgets a network has; once unless given. */
  readonly networkScale?: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly nodeId: string;
  readonly serves: (operation: Operation) => boolean;
  /** Whether frames may take the fast lane; off in comparisons. */
  readonly fastLane: boolean;
  /** Whether other processes write to the same conversations. */
  readonly isOneOfSeveral: boolean;
  /** Gateways with Socket.IO in the team that were seen lately, this one among them. */
  readonly gatewayCount: () => number;
}

const headsEveryMs = seconds(4);
const reviewEveryMs = seconds(5);
const answerWithinMs = seconds(2);
const lastWordsMs = 150;
/** What a socket may send in one frame. */
const maxFrameBytes = 131_072;

/** The socket transport: Socket.IO for the handshake and the odd client, our own rooms and frames for the rest. */
export class SocketTransport {
  readonly #parts: SocketParts;
  readonly #io: Server;
  readonly #rooms = new Rooms();
  readonly #fanOut: FanOut;
  readonly #heads: Heads;
  readonly #behind: Behind;
  readonly #stalls: Stalls;
  readonly #arrivals: Arrivals;
  /** Null where limits are off. */
  readonly #guard: FrameGuard | null;
  readonly #reorderBuffer: ReorderBuffer;
  readonly #signIn: SignIn;
  readonly #sessionExpiry: SessionExpiry;
  readonly #roomReconciler: RoomReconciler;
  readonly #guests: Guests;
  readonly #receivers: Receivers;
  readonly #commands: Commands;
  readonly #upkeep: Upkeep;
  #catchingUp: Promise<void> | null = null;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#upkeep = new Upkeep(parts.logger);
    this.#fanOut = new FanOut(this.#rooms, (connection) => {
      this.#behind.add(connection);
    });
    this.#heads = new Heads({ bus: parts.bus, rooms: this.#rooms, fanOut: this.#fanOut });
    this.#behind = new Behind(this.#heads, this.#fanOut);
    this.#stalls = Stalls.reported(parts);
    this.#arrivals = new Arrivals(parts.addressOf, parts.networkScale);
    this.#guard = parts.limits === unlimited ? null : FrameGuard.reported(parts);
    parts.backlog.add((userId) => this.#rooms.waitingOf(userId));
    const holes = parts.metrics.counter(
      'confab_socket_holes_total',
      'Changes of conversations that were waited for in vain; clients ask sync',
    );
    this.#reorderBuffer = new ReorderBuffer(() => {
      holes.add();
    });
    this.#guests = new Guests({ bus: parts.bus, rooms: this.#rooms, fanOut: this.#fanOut });
    this.#receivers = { fanOut: this.#fanOut, rooms: this.#rooms, guests: this.#guests };
    this.#signIn = new SignIn({
      ...parts,
      rooms: this.#rooms,
      guests: this.#guests,
      reorderBuffer: this.#reorderBuffer,
      arrivals: this.#arrivals,
    });
    this.#sessionExpiry = new SessionExpiry({ rooms: this.#rooms, sessions: parts.sessions, fanOut: this.#fanOut, clock: parts.clock });
    this.#roomReconciler = new RoomReconciler({ bus: parts.bus, rooms: this.#rooms });
    const own = { [renewSession.name]: { limit: 'credentials', perform: this.#renew } } as const;
    const watch = (connection: SocketConnection, userIds: readonly string[]) => {
      this.#rooms.watch(connection, this.#guests.visibleTo(connection, userIds));
    };
    this.#commands = new Commands({ ...parts, watch, fanOut: this.#fanOut, own });
    this.#io = openSocketIo(this.#signIn);
    this.#measure(parts.metrics);
  }

  #measure(metrics: Metrics): void {
    metrics.gauge('confab_sockets_open', 'Signed-in sockets on this node', () => this.#rooms.connections.size);
    metrics.gauge('confab_socket_packets_sent', 'Packets handed to sockets since the start', () => this.#fanOut.delivered);
    metrics.gauge('confab_sockets_unsigned', 'Connections that are open and not signed in', () => this.#arrivals.count);
    metrics.gauge(
      'confab_sockets_behind',
      'Signed-in sockets that get heads in place of events until they have read',
      () => this.#behind.count,
    );
    metrics.gauge('confab_socket_waiting_bytes', 'Bytes that wait for sockets to read them', () => this.#stalls.waitingBytes);
  }

  /** What the transport subscribes to: every event a client may see, and those that move or end sockets. */
  subscriptions(): readonly Subscription[] {
    const subscribed = events.filter((event) => event.clients.length > 0 || (event.moves ?? event.revokes ?? event.touches) !== undefined);
    return [
      ...subscribed.map((event) =>
        onLive(event, 'gateway', ({ payload }) => {
          this.#receive(event, payload);
        }),
      ),
      onLive(eventsMayBeLost, 'gateway', ({ payload: { over } }) => {
        this.#reorderBuffer.cutOff(!over);
        this.#upkeep.watch((this.#catchingUp ??= this.#catchUp(over).finally(() => (this.#catchingUp = null))));
      }),
    ];
  }

  open(server: HttpServer): void {
    this.#io.use((socket, next) => {
      this.#signIn.welcome(socket).then(
        () => {
          next();
        },
        (error: unknown) => {
          next(asConnectError(error, this.#parts.pipeline));
        },
      );
    });
    this.#io.on('connection', (socket) => {
      this.#connected(socket);
    });
    this.#io.attach(server);
    this.#io.engine.on('connection', (connection: EngineConnection & { readonly request: IncomingMessage }) => {
      this.#guard?.attach(connection);
      this.#arrivals.take(connection, connection.request);
    });
    this.#upkeep.every(seconds(1), () => {
      this.#fanOut.gatewayCount = this.#parts.gatewayCount();
      this.#sessionExpiry.closeExpired();
      this.#stalls.look(this.#rooms.connections.values(), performance.now());
      this.#arrivals.closeLate();
    });
    this.#upkeep.every(seconds(1), () => this.#guests.review());
    this.#upkeep.every(headsEveryMs, () => {
      if (this.#parts.isOneOfSeveral) this.#reorderBuffer.keepOnly(this.#rooms.conversationIds());
      return this.#heads.beat();
    });
    this.#upkeep.every(reviewEveryMs, () => this.#sessionExpiry.review());
    this.#upkeep.every(connectionHeartbeatMs, () => {
      this.#hold([...this.#rooms.connections.values()]);
    });
  }

  /** Asks every socket to come back within `spreadMs` and closes them; settles when that is sent. */
  async close(spreadMs: number): Promise<void> {
    this.#signIn.close();
    this.#upkeep.stop();
    this.#reorderBuffer.close();
    this.#behind.close();
    this.#fanOut.flush();
    for (const connection of this.#rooms.connections.values()) {
      connection.engine.write(packetOf(serverMoving, { retryAfterMs: Math.floor(Math.random() * spreadMs) }));
    }
    // What clients sent before the frame arrived is still on its way here.
    await sleep(lastWordsMs);
    await this.#untilAnswered(systemClock.monotonic() + answerWithinMs);
    this.#fanOut.flush();
    await new Promise((resolve) => setImmediate(resolve));
    this.#io.engine.close();
  }

  /** Commands under way get their acks before the sockets close. */
  async #untilAnswered(giveUpAt: number): Promise<void> {
    await untilIdle(() => [...this.#rooms.connections.values()].every((connection) => connection.inFlight === 0), giveUpAt);
  }

  #connected(socket: Socket): void {
    const connection = socket.data as SocketConnection;
    socket.on('disconnect', () => {
      connection.isTerminated = true;
      this.#rooms.leaveAll(connection);
      // The connection would outlive it: a client can leave the namespace and go on writing frames.
      if (connection.engine.readyState === 'open') hangUp(connection.engine, 'signed out');
      this.#parts.bus.signal(connectionsClosed, { nodeId: this.#parts.nodeId, connections: [connectionOf(connection)] });
    });
    socket.onAny((...received: unknown[]) => {
      const last = received.at(-1);
      const acknowledge = typeof last === 'function' ? (last as (ack: unknown) => void) : null;
      const args = acknowledge ? received.slice(0, -1) : received;
      this.#commands.take(connection, args, (ack) => acknowledge?.(JSON.parse(ack)));
    });
    // A client that breaks the protocol loses its socket, not the server.
    socket.on('error', () => undefined);
    connection.open();
    if (this.#parts.fastLane) {
      openFastLane(connection.engine, {
        admit: () => this.#guard?.admit(connection.engine) ?? true,
        take: (id, args) => {
          if (!connection.isTerminated) this.#commands.takeNumbered(connection, id, args);
          return !connection.isTerminated;
        },
      });
    }
    this.#hold([connection]);
  }

  #renew = async (connection: SocketConnection, payload: unknown): Promise<unknown> => {
    const parsed = renewSession.payload.safeParse(payload);
    if (!parsed.success) throw new AppError('validation_failed', { detail: 'Send { token }.' });
    const { actor, expiresAt, keyId } = await this.#parts.sessions.authenticate(parsed.data.token).catch(endConnection);
    if (actor.userId !== connection.actor.userId || actor.sessionId !== connection.actor.sessionId) {
      throw new AppError('unauthenticated', { detail: 'This token is of another session.' });
    }
    this.#rooms.identify(connection, actor);
    connection.expiresAt = expiresAt;
    connection.keyId = keyId;
    return { expiresAt: new Date(expiresAt).toISOString() };
  };

  #receive(event: EventDeclaration, payload: unknown): void {
    const movements = event.moves?.(payload);
    if (movements) {
      // What was sent so far goes to those who were in the room then.
      this.#fanOut.flush();
      for (const movement of movements) {
        this.#rooms.move(movement);
        if (this.#guests.moved(movement)) this.#upkeep.watch(this.#guests.read());
      }
    }
    const touched = event.touches?.(payload);
    if (touched) {
      this.#parts.sessions.forget();
      this.#upkeep.watch(this.#sessionExpiry.reviewUsers(touched).then(() => this.#guests.review()));
    }
    const head = event.head?.(payload);
    if (!head) emitToClients(event, payload, this.#receivers);
    // Events of one process are in order already.
    else if (!this.#parts.isOneOfSeveral) this.#publish(event, payload, head);
    else {
      this.#reorderBuffer.take(head, () => {
        this.#publish(event, payload, head);
      });
    }
    const revoked = event.revokes?.(payload);
    if (revoked) this.#sessionExpiry.revoke(revoked);
  }

  #publish(event: EventDeclaration, payload: unknown, { conversationId, rev }: { conversationId: string; rev: number }): void {
    emitToClients(event, payload, this.#receivers);
    this.#heads.published(conversationId, rev);
  }

  /** Reads what the lost events of other nodes would have changed: members of rooms, sessions, heads. */
  async #catchUp(over: boolean): Promise<void> {
    this.#parts.sessions.forget();
    await this.#roomReconciler.reconcile();
    this.#upkeep.watch(this.#guests.reread());
    await this.#sessionExpiry.review();
    await this.#heads.beat();
    if (over) this.#hold([...this.#rooms.connections.values()]);
  }

  #hold(connections: readonly SocketConnection[]): void {
    for (let at = 0; at < connections.length; at += 1000) {
      this.#parts.bus.signal(connectionsAlive, {
        nodeId: this.#parts.nodeId,
        connections: connections.slice(at, at + 1000).map(connectionOf),
      });
    }
  }
}

/** Checking a signature costs CPU time: a socket with an invalid token gets one try. */
function endConnection(error: unknown): never {
  if (isAppError(error) && error.code === 'unauthenticated') throw new EndsConnection(error.code, { detail: error.detail });
  throw error;
}

const connectionOf = (connection: SocketConnection) => ({ connectionId: connection.id, userId: connection.actor.userId });

function asConnectError(error: unknown, pipeline: CallPipeline): Error {
  const problem = toProblem(error, newId());
  pipeline.note(error, 'handshake', { ...systemContext(), requestId: problem.requestId, transport: 'socket' });
  return Object.assign(new Error(problem.code), { data: problem });
}

/** Socket.IO for the handshake; it decides nothing about who may connect. */
const openSocketIo = (signIn: SignIn): Server =>
  new Server({
    path: '/socket.io',
    // Others answer upgrades of other paths (gateway/http/other-upgrades.ts); Engine.IO would end them after a second.
    destroyUpgrade: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxFrameBytes,
    connectTimeout: signInWithinMs,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    allowRequest: (request, decide) => {
      void signIn.refusalOf(request).then((code) => {
        decide(code, code === null);
      });
    },
  });
