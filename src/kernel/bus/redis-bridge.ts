import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisServer } from '../redis/redis.ts';
import type { Counter, Metrics } from '../telemetry/metrics.ts';
import type { Bridge, Shore } from './bridge.ts';
import type { Fact } from './bus.ts';

interface RedisBridgeOptions {
  readonly redis: RedisServer;
  readonly nodeId: string;
  readonly metrics: Metrics;
}

/** Without `facts` a sign of life; `bye` from a node that stops. */
const Word = z.object({
  from: z.string(),
  bye: z.boolean().optional(),
  facts: z.array(z.object({ id: z.string(), event: z.string(), payload: z.unknown() })).optional(),
});

const beatMs = 1_000;
/** A node that was silent so long, this one included, may have said what did not arrive. */
const silentMs = 2_500;
/** Longer than the lease of an outbox row: by then others have told what a dead node left. */
const deadMs = 40_000;
const bytesUnderWayAtMost = 16_000_000;

/** Redis Pub/Sub between equal nodes. What is told in one turn of the event loop goes as one message. */
export class RedisBridge implements Bridge {
  readonly #redis: RedisServer;
  readonly #nodeId: string;
  readonly #channel: string;
  readonly #facts: Counter;
  readonly #gaps: Counter;
  /** When each node was last heard, this one among them: its own word comes back over the same way. */
  readonly #heardAt = new Map<string, number>();
  #subscriber: Redis | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pending: Fact[] = [];
  #bytesUnderWay = 0;
  #isMissing = false;
  #isClosed = false;

  constructor({ redis, nodeId, metrics }: RedisBridgeOptions) {
    this.#redis = redis;
    this.#nodeId = nodeId;
    this.#channel = `${redis.prefix}live`;
    this.#facts = metrics.counter('confab_bridge_facts_total', 'Facts and signals between nodes: told, heard, lost', ['way']);
    this.#gaps = metrics.counter('confab_bridge_gaps_total', 'Times this node may have missed what others told');
    metrics.gauge('confab_bridge_nodes', 'Nodes that are heard, this one among them', () => this.#heardAt.size);
  }

  tell(facts: readonly Fact[]): void {
    if (facts.length === 0 || this.#isClosed) return;
    if (this.#pending.length === 0) setImmediate(this.#flush);
    this.#pending.push(...facts);
  }

  open(shore: Shore): void {
    this.#heardAt.set(this.#nodeId, performance.now());
    const subscriber = this.#redis.connect();
    this.#subscriber = subscriber;
    subscriber.on('ready', () => {
      subscriber.subscribe(this.#channel).catch(() => {
        // Gone again before it was subscribed: the next `ready` does it.
      });
    });
    subscriber.on('message', (_channel: string, text: string) => {
      this.#hear(text, shore);
    });
    this.#timer = setInterval(() => {
      this.#beat(shore);
    }, beatMs);
    this.#timer.unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#flush();
    this.#publish({ bye: true });
    this.#isClosed = true;
    this.#subscriber?.disconnect();
  }

  readonly #flush = (): void => {
    if (this.#pending.length === 0) return;
    const facts = this.#pending;
    this.#pending = [];
    this.#publish({ facts });
  };

  #publish(word: { facts?: readonly Fact[]; bye?: boolean }): void {
    if (this.#isClosed) return;
    const told = word.facts?.length ?? 0;
    if (this.#bytesUnderWay > bytesUnderWayAtMost) {
      this.#facts.add({ way: 'lost' }, told);
      return;
    }
    const text = JSON.stringify({ from: this.#nodeId, ...word });
    this.#bytesUnderWay += text.length;
    this.#redis.commands.publish(this.#channel, text).then(
      () => {
        this.#bytesUnderWay -= text.length;
        this.#facts.add({ way: 'told' }, told);
      },
      (error: unknown) => {
        this.#bytesUnderWay -= text.length;
        this.#facts.add({ way: 'lost' }, told);
        if (error instanceof Error && error.message === 'Command timed out') this.#redis.renew();
      },
    );
  }

  #hear(text: string, shore: Shore): void {
    const word = wordOf(text);
    if (!word) return;
    if (word.bye) this.#heardAt.delete(word.from);
    else this.#heardAt.set(word.from, performance.now());
    if (!word.facts || word.from === this.#nodeId) return;
    this.#facts.add({ way: 'heard' }, word.facts.length);
    shore.hear(word.facts as Fact[]);
  }

  #beat(shore: Shore): void {
    this.#publish({});
    const now = performance.now();
    let isMissing = false;
    for (const [nodeId, at] of this.#heardAt) {
      if (nodeId !== this.#nodeId && now - at > deadMs) this.#heardAt.delete(nodeId);
      else if (now - at > silentMs) isMissing = true;
    }
    if (isMissing && !this.#isMissing) this.#gaps.add();
    if (isMissing || this.#isMissing) shore.missed(!isMissing);
    this.#isMissing = isMissing;
  }
}

/** Null for what another program, or a version to come, put on the channel. */
function wordOf(text: string): z.output<typeof Word> | null {
  try {
    return Word.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
