import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../contracts/define.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { areaOf, type Bus, type DomainEvent, type Implementation, type Subscription } from '../../kernel/bus/bus.ts';
import type { DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import { MemoryBus } from '../memory/memory-bus.ts';
import type { NodeInfo } from '../../kernel/bus/cluster-transport.ts';
import { untilIdle } from '../../kernel/sleep.ts';
import { type PeerLeft, WireClusterTransport } from '../cluster/wire-cluster-transport.ts';
import { EventConsumers } from './event-consumers.ts';
import { type QueueBinding, EventPublisher, keyOf } from './event-publisher.ts';
import { IngestConsumer } from './ingest-consumer.ts';
import { IngestExecutor, type ReadActors } from './ingest-executor.ts';
import type { IngestBounds } from './ingest-queue.ts';
import { notServed, RpcClient } from './rpc-client.ts';
import type { RabbitServer } from './rabbit-server.ts';
import { RpcServer } from './rpc-server.ts';
import { RabbitWire } from './rabbit-wire.ts';

/** Where calls wait that may. Whatever lies there is done, also when `areas` is empty. */
interface Ingest {
  /** Areas whose operations wait at the server if they may. */
  readonly areas: readonly string[];
  readonly readActors: ReadActors;
  readonly bounds?: IngestBounds;
}

interface RabbitBusOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly deliveries: DeliveryStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly nodeId: string;
  readonly nodeInfo: NodeInfo;
  /** Areas whose operations other processes serve. */
  readonly areasElsewhere: readonly string[];
  /** Every durable reaction of the app, in whichever process: its queue is there before the first event. */
  readonly durableSubscriptions: readonly QueueBinding[];
  readonly strict?: boolean;
  readonly ingest?: Ingest;
}

const stopWaitMs = 4_000;
/** A process may have lived so long after its last word. */
const lifeAfterHeartbeatMs = 1_100;
/** The last answers of a process may come so long after it said that it stops. */
const lastAnswersMs = 1_000;

/**
 * The bus between processes over RabbitMQ. Calls and events for this process go by the memory bus and no other way, so that
 * it works while the server is away; the rest goes by a queue of calls per area, a durable queue per reaction, and a live queue per process.
 */
export class RabbitBus implements Bus {
  readonly #server: RabbitServer;
  readonly #local: MemoryBus;
  readonly #cluster: WireClusterTransport;
  readonly #rpcClient: RpcClient;
  readonly #rpcServer: RpcServer;
  readonly #publisher: EventPublisher;
  readonly #consumers: EventConsumers;
  readonly #ingest: IngestConsumer | null;
  readonly #queueable = new Map<string, Operation>();
  readonly #areasElsewhere: ReadonlySet<string>;
  /** Subscribers elsewhere, by event. */
  readonly #elsewhere = new Map<string, string[]>();
  readonly #own = new Map<string, QueueBinding>();
  readonly #durableSubscriptions: readonly QueueBinding[];
  #isStopped = false;

  constructor(options: RabbitBusOptions) {
    const {
      server,
      auth,
      deliveries,
      logger,
      metrics,
      nodeId,
      nodeInfo: offer,
      areasElsewhere,
      durableSubscriptions: reactions,
      strict = false,
      ingest,
    } = options;
    this.#server = server;
    this.#areasElsewhere = new Set(areasElsewhere);
    this.#durableSubscriptions = reactions;
    const wire = new RabbitWire(server, () => this.#local.liveEvents());
    this.#cluster = new WireClusterTransport({ wire, auth, nodeId, nodeInfo: offer, metrics, onPeerLeft: this.#peerLeft });
    this.#publisher = new EventPublisher({ server, auth, logger, metrics, bindings: () => [...this.#own.values(), ...reactions] });
    this.#local = new MemoryBus({
      deliveries,
      logger,
      strict,
      cluster: this.#cluster,
      deliverElsewhere: ({ event, subscriber, attempts }) => this.#publisher.send(event, [subscriber], attempts),
    });
    this.#consumers = new EventConsumers({
      server,
      auth,
      deliveries,
      logger,
      bindings: () => this.#own.values(),
      take: (event, subscriber, attempts) => this.#local.deliverTo(event, subscriber, attempts),
    });
    this.#rpcServer = new RpcServer({
      server,
      auth,
      logger,
      perform: (operation, input, context) => this.#local.call(operation, input as never, context),
    });
    this.#rpcClient = new RpcClient({ server, auth, metrics, kept: ingest && ingest.areas.length > 0 ? ingest : null });
    this.#ingest = ingest ? this.#openIngest({ server, auth, logger, metrics }, ingest) : null;
  }

  nodes(): readonly NodeInfo[] {
    return this.#cluster.nodes();
  }

  serve(implementation: Implementation): void {
    this.#local.serve(implementation);
    this.#rpcServer.serve(implementation.operation);
    if (implementation.operation.queueable) this.#queueable.set(implementation.operation.name, implementation.operation);
  }

  subscribe(subscription: Subscription): void {
    this.#local.subscribe(subscription);
    if (subscription.mode === 'live') return;
    const address = { event: subscription.event.name, subscriber: subscription.subscriber };
    this.#own.set(keyOf(address), address);
  }

  serves(operation: Operation): boolean {
    return this.#local.serves(operation) || this.#areasElsewhere.has(areaOf(operation.name));
  }

  call<O extends Operation>(operation: O, input: RawInput<O>, context: Context): Promise<Output<O>> {
    if (this.#isStopped) return Promise.reject(new AppError('unavailable', { detail: 'The server is stopping.', retryAfter: 1 }));
    if (this.#local.serves(operation)) return this.#local.call(operation, input, context);
    if (!this.#areasElsewhere.has(areaOf(operation.name))) return Promise.reject(notServed(operation.name));
    return this.#rpcClient.call(operation, input, context) as Promise<Output<O>>;
  }

  signal<E extends EventDeclaration>(event: E, payload: Payload<E>): void {
    this.#local.signal(event, payload);
  }

  deliver(events: readonly DomainEvent[]): Promise<void> {
    const delivered = [this.#local.deliver(events)];
    for (const event of events) {
      const subscribers = this.#elsewhere.get(event.event);
      if (subscribers) delivered.push(this.#send(event, subscribers));
    }
    return delivered.length === 1 && delivered[0] ? delivered[0] : Promise.all(delivered).then(() => undefined);
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    for (const { event, subscriber } of this.#durableSubscriptions) {
      if (this.#own.has(keyOf({ event, subscriber }))) continue;
      this.#elsewhere.set(event, [...(this.#elsewhere.get(event) ?? []), subscriber]);
    }
    await this.#server.open();
    await this.#local.start();
  }

  idle(withinMs: number): Promise<void> {
    return this.#local.idle(withinMs);
  }

  async stopReceiving(): Promise<void> {
    await Promise.all([this.#rpcServer.stopReceiving(), this.#consumers.stopReceiving(), this.#ingest?.stopReceiving()]);
    await this.idle(stopWaitMs);
    this.#rpcServer.flush();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const giveUpAt = systemClock.monotonic() + stopWaitMs;
    await this.stopReceiving();
    await untilIdle(() => this.#rpcClient.waiting === 0, giveUpAt);
    await this.#local.stop();
    this.#publisher.stop();
    await this.#server.close();
  }

  /** Hands deliveries that are due to their subscribers again, here or elsewhere. */
  retryDue(): Promise<void> {
    return this.#local.retryDue();
  }

  /**
   * Calls on the hands of a killed process are lost. One that stopped in order has answered those it took; where it was the last of its kind,
   * what came while its queue went away is lost too.
   */
  readonly #peerLeft = ({ modules }: NodeInfo, { at, isAnnounced: isSaid }: PeerLeft): void => {
    if (!isSaid) {
      this.#rpcClient.expectLoss(modules, at + lifeAfterHeartbeatMs);
      return;
    }
    const others = new Set(this.nodes().flatMap((offer) => offer.modules));
    const lastOfTheirKind = modules.filter((name) => !others.has(name));
    setTimeout(() => {
      this.#rpcClient.expectLoss(lastOfTheirKind, at);
    }, lastAnswersMs).unref();
  };

  #openIngest(parts: Pick<RabbitBusOptions, 'server' | 'auth' | 'logger' | 'metrics'>, { readActors, bounds }: Ingest): IngestConsumer {
    const line = new IngestExecutor({
      ...parts,
      readActors,
      noteFailure: (word, error) => {
        this.#rpcServer.noteFailure(word, error);
      },
      perform: ({ operation: name, input, context }, actor) => {
        const operation = this.#queueable.get(name);
        if (!operation) return Promise.reject(new Error(`${name} is not served here, or may not wait`));
        // It was accepted: it is done, whether or not somebody still waits for the answer.
        return this.#local.call(operation, input as never, { ...context, actor, deadline: systemClock.monotonic() + operation.deadlineMs });
      },
    });
    return new IngestConsumer({
      ...parts,
      executor: line,
      bounds,
      areas: () => new Set([...this.#queueable.keys()].map(areaOf)),
      answer: (asker, answer) => {
        this.#rpcServer.answer(asker, answer);
      },
    });
  }

  async #send(event: DomainEvent, subscribers: readonly string[]): Promise<void> {
    if (await this.#publisher.send(event, subscribers)) return;
    // Deleted by hand; the outbox delivers it again when it is there.
    throw new AppError('unavailable', { detail: `A queue for ${event.event} is missing at RabbitMQ.` });
  }
}
