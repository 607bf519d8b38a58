import type { Channel, ChannelModel, Message } from 'amqplib';
import type { Operation } from '../../contracts/define.ts';
import { systemClock, wallTimeOf } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import { tooLate } from '../../kernel/bus/deadlines.ts';
import { areaOf } from '../../kernel/bus/bus.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { errorOf } from '../cluster/call-parts.ts';
import { answersIn, type CallMessage, callsIn } from './call-messages.ts';
import { openChannel } from './channels.ts';
import { IngestPublisher, replyQueue } from './ingest-publisher.ts';
import type { IngestBounds } from './ingest-queue.ts';
import { cutOff, type RabbitServer, type ConnectionListener } from './rabbit-server.ts';

interface RpcClientOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly metrics: Metrics;
  readonly kept: QueuedCalls | null;
}

interface PendingCall {
  readonly operation: string;
  /** By the monotonic clock. */
  readonly deadline: number;
  /** By `performance.now()`. */
  readonly at: number;
  /** The server keeps it, whoever dies. */
  readonly isKept: boolean;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

const tickMs = 100;
/** Calls without an answer; beyond them new ones are refused. */
const waitingAtMost = 10_000;
/** As many that the server keeps: here there is no more of them than who waits. */
const keptAtMost = 50_000;

/** Calls that the server keeps until they are done. */
interface QueuedCalls {
  /** Areas with operations that may wait. */
  readonly areas: readonly string[];
  readonly bounds?: IngestBounds | undefined;
}

/**
 * Calls to other processes, by direct reply-to. Those of one turn of the event loop go as one message per area. Nothing is asked twice: a
 * call that no process takes is refused at once, and one whose process dies is given up when that falls silent. What may wait does so
 * at the server where `kept` says so.
 */
export class RpcClient implements ConnectionListener {
  readonly #server: RabbitServer;
  readonly #auth: MessageAuth;
  readonly #outcomes: Counter;
  readonly #waiting = new Map<number, PendingCall>();
  #channel: Channel | null = null;
  readonly #ingest: IngestPublisher | null;
  #batches = new Map<string, CallMessage[]>();
  #kept = new Map<string, CallMessage[]>();
  #keptWaiting = 0;
  #timer: NodeJS.Timeout | null = null;
  #lastId = 0;

  constructor({ server, auth, metrics, kept }: RpcClientOptions) {
    this.#server = server;
    this.#auth = auth;
    this.#outcomes = metrics.counter('confab_rabbit_calls_total', 'Calls to other processes: answered, nobody, late, cut', ['outcome']);
    metrics.gauge('confab_rabbit_calls_waiting', 'Calls to other processes without an answer', () => this.#waiting.size);
    server.add(this);
    this.#ingest = kept && new IngestPublisher({ ...kept, server, auth, metrics, answered: this.#answered, refused: this.#notKept });
    if (kept) metrics.gauge('confab_rabbit_ingest_waiting', 'Calls that RabbitMQ keeps, without an answer', () => this.#keptWaiting);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  call(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    if (!this.#channel || !this.#server.isUp) {
      this.#outcomes.add({ outcome: 'cut' });
      return Promise.reject(cutOff());
    }
    const isKept = this.#ingest !== null && operation.queueable === true;
    if (isKept ? this.#keptWaiting >= keptAtMost : this.#waiting.size - this.#keptWaiting >= waitingAtMost)
      return Promise.reject(new AppError('unavailable', { detail: 'Too many calls wait for an answer.', retryAfter: 1 }));
    const id = ++this.#lastId;
    const deadline = Math.min(context.deadline, systemClock.monotonic() + operation.deadlineMs);
    this.#put(
      { id, operation: operation.name, input, context: { ...context, deadline: wallTimeOf(deadline) } },
      isKept ? this.#kept : this.#batches,
    );
    if (isKept) this.#keptWaiting++;
    this.#timer ??= setInterval(this.#tick, tickMs).unref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { operation: operation.name, deadline, at: performance.now(), isKept, resolve, reject });
    });
  }

  /**
   * A process that served these areas is gone. What was asked `until` then (`performance.now()`) and is not answered may have been on its
   * hands: nobody knows whether it was done.
   */
  expectLoss(areas: readonly string[], until: number): void {
    for (const [id, { operation, at, isKept }] of this.#waiting) {
      if (isKept || at > until || !areas.includes(areaOf(operation))) continue;
      this.#take(id, 'nobody', ({ reject }) => {
        reject(notServed(operation));
      });
    }
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await openChannel(connection);
    channel.on('return', this.#refused);
    await channel.consume(
      replyQueue,
      (message) => {
        if (message) this.#answered(message);
      },
      { noAck: true },
    );
    this.#channel = channel;
  }

  /** Answers to what was asked on the old connection find no way back. */
  lost(): void {
    this.#channel = null;
    this.#outcomes.add({ outcome: 'cut' }, this.#waiting.size);
    for (const { reject } of this.#waiting.values()) reject(cutOff());
    this.#waiting.clear();
    this.#keptWaiting = 0;
  }

  #put(call: CallMessage, batches: Map<string, CallMessage[]>): void {
    if (this.#batches.size + this.#kept.size === 0) setImmediate(this.#flush);
    const area = areaOf(call.operation);
    const batch = batches.get(area);
    if (batch) batch.push(call);
    else batches.set(area, [call]);
  }

  readonly #flush = (): void => {
    const [batches, kept] = [this.#batches, this.#kept];
    this.#batches = new Map();
    this.#kept = new Map();
    for (const [area, calls] of kept) this.#ingest?.send(area, calls);
    for (const [area, calls] of batches) this.#send(area, calls);
  };

  #send(area: string, calls: readonly CallMessage[]): void {
    const waitMs = Math.max(...calls.map(({ id }) => this.#waiting.get(id)?.deadline ?? 0)) - systemClock.monotonic();
    if (waitMs <= 0) return;
    try {
      this.#channel?.publish('', `${this.#server.prefix}calls.${area}`, this.#auth.sign('call', area, JSON.stringify(calls)), {
        mandatory: true,
        replyTo: replyQueue,
        correlationId: String(calls[0]?.id),
        expiration: Math.ceil(waitMs),
      });
    } catch {
      // The channel ended in this very turn: `lost` answers for it.
    }
  }

  /** Its own message, come back. */
  readonly #refused = ({ content, fields }: Message): void => {
    const area = fields.routingKey.slice(`${this.#server.prefix}calls.`.length);
    const message = this.#auth.open('call', area, content);
    if (message?.from !== this.#auth.self) return;
    for (const { id } of callsIn(message.text).messages) {
      this.#take(id, 'nobody', ({ operation, reject }) => {
        reject(notServed(operation));
      });
    }
  };

  /** Signed for this process alone, and its ids are never used again: an answer to another's call, or an old one, is none. */
  readonly #answered = ({ content }: Message): void => {
    const message = this.#auth.open('reply', this.#auth.self, content);
    if (!message) return;
    const { messages, isWhole } = answersIn(message.text);
    if (!isWhole) this.#auth.refuse('reply', 'malformed');
    for (const answer of messages) {
      this.#take(answer.id, 'answered', ({ operation, resolve, reject }) => {
        if (answer.refusal || answer.bug) reject(errorOf(answer, operation));
        else resolve(answer.output);
      });
    }
  };

  readonly #notKept = (ids: readonly number[]): void => {
    for (const id of ids) {
      this.#take(id, 'nobody', ({ operation, reject }) => {
        reject(new AppError('unavailable', { detail: `Too much waits for ${operation}; try again.`, retryAfter: 2 }));
      });
    }
  };

  readonly #tick = (): void => {
    const now = systemClock.monotonic();
    for (const [id, { deadline }] of this.#waiting) {
      if (deadline > now) continue;
      this.#take(id, 'late', ({ operation, reject }) => {
        reject(tooLate(operation));
      });
    }
    if (this.#waiting.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  };

  #take(id: number, outcome: 'answered' | 'nobody' | 'late', end: (asked: PendingCall) => void): void {
    const asked = this.#waiting.get(id);
    if (!asked) return;
    this.#waiting.delete(id);
    if (asked.isKept) this.#keptWaiting--;
    this.#outcomes.add({ outcome });
    end(asked);
  }
}

/** Whoever serves it is not running: a matter of a restart. */
export const notServed = (operation: string): AppError =>
  new AppError('unavailable', { detail: `Nobody serves ${operation} right now; try again.`, retryAfter: 2 });
