import type { Channel, ChannelModel, Message } from 'amqplib';
import type { Operation } from '../../../contracts/define.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Counter, Metrics } from '../../telemetry/metrics.ts';
import { tooLate } from '../deadlines.ts';
import { type AnswerWord, areaOf, type CallWord, failureOf, wordsOf } from './call-words.ts';
import { openChannel } from './channels.ts';
import { cutOff, type RabbitServer, type Tenant } from './rabbit-server.ts';

interface Asked {
  readonly operation: string;
  readonly deadline: number;
  /** By `performance.now()`. */
  readonly at: number;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

const replyQueue = 'amq.rabbitmq.reply-to';
const tickMs = 100;
/** Calls without an answer; beyond them new ones are refused (G14). */
const waitingAtMost = 10_000;

/**
 * Calls to other processes, by direct reply-to. Those of one turn of the event loop go as one message per area. Nothing is asked twice: a
 * call that no process takes is refused at once, and one whose process dies is given up when that falls silent.
 */
export class RabbitAsking implements Tenant {
  readonly #server: RabbitServer;
  readonly #outcomes: Counter;
  readonly #waiting = new Map<number, Asked>();
  #channel: Channel | null = null;
  #batches = new Map<string, CallWord[]>();
  #timer: NodeJS.Timeout | null = null;
  #lastId = 0;

  constructor(server: RabbitServer, metrics: Metrics) {
    this.#server = server;
    this.#outcomes = metrics.counter('confab_rabbit_calls_total', 'Calls to other processes: answered, nobody, late, cut', ['outcome']);
    metrics.gauge('confab_rabbit_calls_waiting', 'Calls to other processes without an answer', () => this.#waiting.size);
    server.add(this);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  ask(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    if (!this.#channel || !this.#server.isUp) {
      this.#outcomes.add({ outcome: 'cut' });
      return Promise.reject(cutOff());
    }
    if (this.#waiting.size >= waitingAtMost)
      return Promise.reject(new AppError('unavailable', { detail: 'Too many calls wait for an answer.', retryAfter: 1 }));
    const id = ++this.#lastId;
    const deadline = Math.min(context.deadline, Date.now() + operation.deadlineMs);
    this.#put({ id, operation: operation.name, input, context });
    this.#timer ??= setInterval(this.#tick, tickMs).unref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { operation: operation.name, deadline, at: performance.now(), resolve, reject });
    });
  }

  /**
   * A process that served these areas is gone. What was asked `until` then (`performance.now()`) and is not answered may have been on its
   * hands: nobody knows whether it was done.
   */
  doubt(areas: readonly string[], until: number): void {
    for (const [id, { operation, at }] of this.#waiting) {
      if (at > until || !areas.includes(areaOf(operation))) continue;
      this.#take(id, 'nobody', ({ reject }) => {
        reject(nobodyServes(operation));
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
  }

  #put(call: CallWord): void {
    if (this.#batches.size === 0) setImmediate(this.#flush);
    const area = areaOf(call.operation);
    const batch = this.#batches.get(area);
    if (batch) batch.push(call);
    else this.#batches.set(area, [call]);
  }

  readonly #flush = (): void => {
    const batches = this.#batches;
    this.#batches = new Map();
    for (const [area, calls] of batches) this.#send(area, calls);
  };

  #send(area: string, calls: readonly CallWord[]): void {
    const waitMs = Math.max(...calls.map(({ id }) => this.#waiting.get(id)?.deadline ?? 0)) - Date.now();
    if (waitMs <= 0) return;
    try {
      this.#channel?.publish('', `${this.#server.prefix}calls.${area}`, Buffer.from(JSON.stringify(calls)), {
        mandatory: true,
        replyTo: replyQueue,
        correlationId: String(calls[0]?.id),
        expiration: Math.ceil(waitMs),
      });
    } catch {
      // The channel ended in this very turn: `lost` answers for it.
    }
  }

  readonly #refused = (message: Message): void => {
    for (const { id } of wordsOf(message.content) as CallWord[]) {
      this.#take(id, 'nobody', ({ operation, reject }) => {
        reject(nobodyServes(operation));
      });
    }
  };

  #answered(message: Message): void {
    for (const answer of wordsOf(message.content) as AnswerWord[]) {
      this.#take(answer.id, 'answered', ({ operation, resolve, reject }) => {
        if (answer.refusal || answer.bug) reject(failureOf(answer, operation));
        else resolve(answer.output);
      });
    }
  }

  readonly #tick = (): void => {
    const now = Date.now();
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

  #take(id: number, outcome: 'answered' | 'nobody' | 'late', end: (asked: Asked) => void): void {
    const asked = this.#waiting.get(id);
    if (!asked) return;
    this.#waiting.delete(id);
    this.#outcomes.add({ outcome });
    end(asked);
  }
}

/** Whoever serves it is not running: a matter of a restart. */
export const nobodyServes = (operation: string): AppError =>
  new AppError('unavailable', { detail: `Nobody serves ${operation} right now; try again.`, retryAfter: 2 });
