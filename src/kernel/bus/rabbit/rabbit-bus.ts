import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../../contracts/define.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { MessageAuth } from '../auth/message-auth.ts';
import { areaOf, type Bus, type Fact, type Implementation, type Subscription } from '../bus.ts';
import type { DeliveryStore } from '../delivery-store.ts';
import { MemoryBus } from '../memory-bus.ts';
import type { Offer } from '../bridge.ts';
import { type Departure, NodeBridge } from '../node-bridge.ts';
import { FactBoxes } from './fact-boxes.ts';
import { type Address, FactPost, keyOf } from './fact-post.ts';
import { IngestBox } from './ingest-box.ts';
import { IngestLine, type ReadActors } from './ingest-line.ts';
import type { IngestBounds } from './ingest-queue.ts';
import { nobodyServes, RabbitAsking } from './rabbit-asking.ts';
import type { RabbitServer } from './rabbit-server.ts';
import { RabbitServing } from './rabbit-serving.ts';
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
  readonly offer: Offer;
  /** Areas whose operations other processes serve. */
  readonly areasElsewhere: readonly string[];
  /** Every durable reaction of the house, in whichever process: its queue is there before the first fact. */
  readonly reactions: readonly Address[];
  readonly strict?: boolean;
  readonly ingest?: Ingest;
}

const stopWaitMs = 4_000;
/** A process may have lived so long after its last word. */
const lifeAfterWordMs = 1_100;
/** The last answers of a process may come so long after it said that it stops. */
const lastAnswersMs = 1_000;

/**
 * The bus between processes over RabbitMQ. What is served, heard or taken in this process goes by the memory bus and no other way, so that
 * it works while the server is away; the rest goes by a queue of calls per area, a durable queue per reaction, and a live queue per process.
 */
export class RabbitBus implements Bus {
  readonly #server: RabbitServer;
  readonly #local: MemoryBus;
  readonly #bridge: NodeBridge;
  readonly #asking: RabbitAsking;
  readonly #serving: RabbitServing;
  readonly #post: FactPost;
  readonly #boxes: FactBoxes;
  readonly #ingest: IngestBox | null;
  readonly #mayWait = new Map<string, Operation>();
  readonly #areasElsewhere: ReadonlySet<string>;
  /** Subscribers elsewhere, by event. */
  readonly #elsewhere = new Map<string, string[]>();
  readonly #own = new Map<string, Address>();
  readonly #reactions: readonly Address[];
  #isStopped = false;

  constructor(options: RabbitBusOptions) {
    const { server, auth, deliveries, logger, metrics, nodeId, offer, areasElsewhere, reactions, strict = false, ingest } = options;
    this.#server = server;
    this.#areasElsewhere = new Set(areasElsewhere);
    this.#reactions = reactions;
    const wire = new RabbitWire(server, () => this.#local.liveEvents());
    this.#bridge = new NodeBridge({ wire, auth, nodeId, offer, metrics, gone: this.#doubt });
    this.#post = new FactPost({ server, auth, logger, metrics, addresses: () => [...this.#own.values(), ...reactions] });
    this.#local = new MemoryBus({
      deliveries,
      logger,
      strict,
      bridge: this.#bridge,
      passOn: ({ fact, subscriber, attempts }) => this.#post.send(fact, [subscriber], attempts),
    });
    this.#boxes = new FactBoxes({
      server,
      auth,
      deliveries,
      logger,
      addresses: () => this.#own.values(),
      take: (fact, subscriber, attempts) => this.#local.take(fact, subscriber, attempts),
    });
    this.#serving = new RabbitServing({
      server,
      auth,
      logger,
      perform: (operation, input, context) => this.#local.call(operation, input as never, context),
    });
    this.#asking = new RabbitAsking({ server, auth, metrics, kept: ingest && ingest.areas.length > 0 ? ingest : null });
    this.#ingest = ingest ? this.#openIngest({ server, auth, logger, metrics }, ingest) : null;
  }

  offers(): readonly Offer[] {
    return this.#bridge.offers();
  }

  serve(implementation: Implementation): void {
    this.#local.serve(implementation);
    this.#serving.offer(implementation.operation);
    if (implementation.operation.mayWait) this.#mayWait.set(implementation.operation.name, implementation.operation);
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
    if (!this.#areasElsewhere.has(areaOf(operation.name))) return Promise.reject(nobodyServes(operation.name));
    return this.#asking.ask(operation, input, context) as Promise<Output<O>>;
  }

  signal<E extends EventDeclaration>(event: E, payload: Payload<E>): void {
    this.#local.signal(event, payload);
  }

  deliver(facts: readonly Fact[]): Promise<void> {
    const delivered = [this.#local.deliver(facts)];
    for (const fact of facts) {
      const subscribers = this.#elsewhere.get(fact.event);
      if (subscribers) delivered.push(this.#send(fact, subscribers));
    }
    return delivered.length === 1 && delivered[0] ? delivered[0] : Promise.all(delivered).then(() => undefined);
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    for (const { event, subscriber } of this.#reactions) {
      if (this.#own.has(keyOf({ event, subscriber }))) continue;
      this.#elsewhere.set(event, [...(this.#elsewhere.get(event) ?? []), subscriber]);
    }
    await this.#server.open();
    await this.#local.start();
  }

  quiet(withinMs: number): Promise<void> {
    return this.#local.quiet(withinMs);
  }

  async cease(): Promise<void> {
    await Promise.all([this.#serving.cease(), this.#boxes.cease(), this.#ingest?.cease()]);
    await this.quiet(stopWaitMs);
    this.#serving.flush();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const giveUpAt = Date.now() + stopWaitMs;
    await this.cease();
    while (this.#asking.waiting > 0 && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
    await this.#local.stop();
    this.#post.stop();
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
  readonly #doubt = ({ modules }: Offer, { at, isSaid }: Departure): void => {
    if (!isSaid) {
      this.#asking.doubt(modules, at + lifeAfterWordMs);
      return;
    }
    const others = new Set(this.offers().flatMap((offer) => offer.modules));
    const lastOfTheirKind = modules.filter((name) => !others.has(name));
    setTimeout(() => {
      this.#asking.doubt(lastOfTheirKind, at);
    }, lastAnswersMs).unref();
  };

  #openIngest(parts: Pick<RabbitBusOptions, 'server' | 'auth' | 'logger' | 'metrics'>, { readActors, bounds }: Ingest): IngestBox {
    const line = new IngestLine({
      ...parts,
      readActors,
      noteFailure: (word, error) => {
        this.#serving.noteFailure(word, error);
      },
      perform: ({ operation: name, input, context }, actor) => {
        const operation = this.#mayWait.get(name);
        if (!operation) return Promise.reject(new Error(`${name} is not served here, or may not wait`));
        // It was accepted: it is done, whether or not somebody still waits for the answer.
        return this.#local.call(operation, input as never, { ...context, actor, deadline: Date.now() + operation.deadlineMs });
      },
    });
    return new IngestBox({
      ...parts,
      line,
      bounds,
      areas: () => new Set([...this.#mayWait.keys()].map(areaOf)),
      answer: (asker, answer) => {
        this.#serving.answer(asker, answer);
      },
    });
  }

  async #send(fact: Fact, subscribers: readonly string[]): Promise<void> {
    if (await this.#post.send(fact, subscribers)) return;
    // Deleted by hand; the outbox tells it again when it is there.
    throw new AppError('unavailable', { detail: `A queue for ${fact.event} is missing at RabbitMQ.` });
  }
}
