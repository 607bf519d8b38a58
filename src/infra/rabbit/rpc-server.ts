import type { Channel, ChannelModel, Message } from 'amqplib';
import type { Operation } from '../../contracts/define.ts';
import { monotonicTimeOf, systemClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { errorTrace, isAppError } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { areaOf } from '../../kernel/bus/bus.ts';
import { sleep } from '../../kernel/sleep.ts';
import type { MessageAuth } from '../cluster/auth/message-auth.ts';
import { failureOf } from '../cluster/call-parts.ts';
import { type AnswerMessage, type CallMessage, callsIn } from './call-messages.ts';
import { openChannel } from './channels.ts';
import { notServed } from './rpc-client.ts';
import type { RabbitServer, ConnectionListener } from './rabbit-server.ts';

/** Where an answer goes. */
export interface Caller {
  readonly replyTo: string;
  /** Of whom the broker says nothing: as the call's signature does. */
  readonly process: string;
}

interface Answers {
  readonly caller: Caller;
  readonly answers: AnswerMessage[];
}

interface RpcServerOptions {
  readonly server: RabbitServer;
  readonly auth: MessageAuth;
  readonly logger: Logger;
  /** Performs a call in this process. */
  readonly perform: (operation: Operation, input: unknown, context: Context) => Promise<unknown>;
}

/** A queue is gone this long after a process that made it died before it listened. */
const unusedForMs = 10_000;
const goneWithinMs = 1_000;

/** Answers the calls of other processes: one queue per area, shared by the processes that serve it and gone with the last of them. */
export class RpcServer implements ConnectionListener {
  readonly #options: RpcServerOptions;
  readonly #operations = new Map<string, Operation>();
  #connection: ChannelModel | null = null;
  #channel: Channel | null = null;
  #consumers: { readonly queue: string; readonly consumerTag: string }[] = [];
  #answers = new Map<string, Answers>();

  constructor(options: RpcServerOptions) {
    this.#options = options;
    options.server.add(this);
  }

  serve(operation: Operation): void {
    this.#operations.set(operation.name, operation);
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await openChannel(connection);
    this.#connection = connection;
    this.#channel = channel;
    this.#consumers = [];
    for (const area of new Set([...this.#operations.keys()].map(areaOf))) {
      const queue = `${this.#options.server.prefix}calls.${area}`;
      await channel.assertQueue(queue, { durable: true, autoDelete: true, arguments: { 'x-expires': unusedForMs } });
      // Taken is done: a call that dies with its process is not tried on another behind its caller's back.
      const { consumerTag } = await channel.consume(queue, this.#taker(area), { noAck: true });
      this.#consumers.push({ queue, consumerTag });
    }
  }

  lost(): void {
    this.#connection = null;
    this.#channel = null;
    this.#consumers = [];
  }

  /**
   * Takes no more calls. Those that were on their way here have begun when it settles, and new ones are refused by the server or go to another
   * process: until its queue is gone, the server would still take some and lose them.
   */
  async stopReceiving(): Promise<void> {
    const [connection, channel] = [this.#connection, this.#channel];
    const consumers = this.#consumers.splice(0);
    if (!connection || !channel) return;
    try {
      await Promise.all(consumers.map(({ consumerTag }) => channel.cancel(consumerTag)));
      await Promise.all(consumers.map(({ queue }) => untilGone(connection, queue)));
    } catch {
      // The connection is gone, and with it whatever was to be done.
    }
  }

  /** Sends the answers of this turn now. */
  readonly flush = (): void => {
    const all = this.#answers;
    this.#answers = new Map();
    for (const { caller, answers } of all.values()) {
      try {
        this.#channel?.publish('', caller.replyTo, this.#options.auth.sign('reply', caller.process, JSON.stringify(answers)));
      } catch {
        // The connection ended in this very turn; the callers have got that error.
      }
    }
  };

  #taker(area: string): (delivery: Message | null) => void {
    const { auth } = this.#options;
    return (delivery) => {
      const message = delivery && auth.openFresh('call', area, delivery.content);
      if (!message) return;
      const now = Date.now();
      const asker = { replyTo: String(delivery.properties.replyTo), process: message.from };
      const { messages, isWhole } = callsIn(message.text);
      if (!isWhole) auth.refuse('call', 'malformed');
      for (const call of messages) if (call.context.deadline > now) this.#perform(call, asker);
    };
  }

  #perform({ id, operation: name, input, context }: CallMessage, asker: Caller): void {
    const operation = this.#operations.get(name);
    const done = operation
      ? this.#options.perform(operation, input, { ...context, deadline: monotonicTimeOf(context.deadline) })
      : Promise.reject(notServed(name));
    done.then(
      (output) => {
        this.answer(asker, { id, output });
      },
      (error: unknown) => {
        if (!isAppError(error) || error.cause !== undefined) this.noteFailure({ operation: name, context }, error);
        this.answer(asker, { id, ...failureOf(error) });
      },
    );
  }

  /** Goes out with the others of this turn. */
  answer(asker: Caller, answer: AnswerMessage): void {
    if (this.#answers.size === 0) setImmediate(this.flush);
    const key = `${asker.process} ${asker.replyTo}`;
    const answers = this.#answers.get(key);
    if (answers) answers.answers.push(answer);
    else this.#answers.set(key, { caller: asker, answers: [answer] });
  }

  /** What the answer to its caller leaves out. */
  noteFailure({ operation, context: { requestId } }: Pick<CallMessage, 'operation' | 'context'>, error: unknown): void {
    this.#options.logger.error('a call of another process failed', {
      event: 'rabbit.call_failed',
      operation,
      requestId,
      error: errorTrace(error),
      ...(isAppError(error) ? { cause: String(error.cause) } : {}),
    });
  }
}

/** Settles when the queue is gone, or is another process's too. */
async function untilGone(connection: ChannelModel, queue: string): Promise<void> {
  const channel = await connection.createChannel();
  // The server ends the channel where the queue is not there.
  channel.on('error', () => undefined);
  const giveUpAt = systemClock.monotonic() + goneWithinMs;
  while (systemClock.monotonic() < giveUpAt) {
    const state = await channel.checkQueue(queue).catch(() => null);
    if (!state) return;
    if (state.consumerCount > 0) break;
    await sleep(10);
  }
  await channel.close();
}
