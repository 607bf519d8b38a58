import type { LimitName, Operation, SocketBinding } from '../../contracts/define.ts';
import { operations } from '../../contracts/registry.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, isAppError, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { CallPipeline } from '../call-pipeline.ts';
import { toProblem } from '../problem.ts';
import type { FanOut } from './fan-out.ts';
import { hangUp, type SocketConnection } from './socket-connection.ts';
import { type RefusedFor, Refusals } from './refusals.ts';

type Command = Operation & { readonly socket: SocketBinding<unknown> };

/** Unanswered commands of one socket; a client that waits for none of its acks gets a refusal. */
const maxInFlight = 1024;

/** Takes the ack of a command as JSON text: `{"ok":true,"data":…}`. */
export type Answer = (ack: string) => void;
/** Thrown by a command of the connection: it is answered, and the connection ends. */
export class EndsConnection extends AppError {}
/** Commands that concern the connection itself. */
export interface OwnCommand {
  readonly limit: LimitName;
  readonly perform: (connection: SocketConnection, payload: unknown) => Promise<unknown>;
}
/** What names nothing that this process serves is charged to. */
const unknownLimit: LimitName = 'write';

interface CommandParts {
  readonly pipeline: CallPipeline;
  /** Replaces the people a connection watches. */
  readonly watch: (connection: SocketConnection, userIds: readonly string[]) => void;
  readonly fanOut: FanOut;
  readonly serves: (operation: Operation) => boolean;
  readonly own: Readonly<Record<string, OwnCommand>>;
}

/** The one listener behind every command: name → declaration → bus → exactly one ack. */
export class Commands {
  readonly #parts: CommandParts;
  readonly #byName: ReadonlyMap<string, Command>;
  readonly #own: ReadonlyMap<string, OwnCommand>;
  readonly #refusals = new Refusals();

  constructor(parts: CommandParts) {
    this.#parts = parts;
    const served = operations.filter((operation): operation is Command => operation.socket !== undefined && parts.serves(operation));
    this.#byName = new Map(served.map((operation) => [operation.socket.command, operation]));
    this.#own = new Map(Object.entries(parts.own));
  }

  /** A command from the fast lane: its ack is sent with the others of the turn. */
  takeNumbered(connection: SocketConnection, id: string, args: readonly unknown[]): void {
    this.take(connection, args, (ack) => {
      this.#parts.fanOut.toConnection(connection, `3${id}[${ack}]`);
    });
  }

  take(connection: SocketConnection, [name, payload]: readonly unknown[], answer: Answer): void {
    const command = typeof name === 'string' ? this.#byName.get(name) : undefined;
    const own = command === undefined && typeof name === 'string' ? this.#own.get(name) : undefined;
    const limit = (command ?? own)?.limit ?? unknownLimit;
    const reason: RefusedFor = connection.inFlight >= maxInFlight || connection.isClogged ? 'inFlight' : limit;
    const kept = this.#refusals.of(connection, reason);
    if (kept !== null || reason === 'inFlight') {
      answer(kept ?? this.#refused(connection, reason, { error: tooManyUnanswered(), requestId: newId() }));
      return;
    }
    connection.inFlight++;
    const context = contextOf(connection, command?.deadlineMs ?? 10_000);
    const done = command
      ? this.#perform(connection, command, payload ?? {}, context)
      : this.#performOwn(connection, own, { payload, context });
    done.then(
      (data) => {
        connection.inFlight--;
        const answered: unknown = command?.socket.toAck ? command.socket.toAck(data) : data;
        const text = (JSON.stringify(answered) as string | undefined) ?? 'null';
        answer(`{"ok":true,"data":${text}}`);
        this.#parts.pipeline.chargeAnswer(context, text);
      },
      (error: unknown) => {
        connection.inFlight--;
        this.#parts.pipeline.note(error, command?.name ?? 'unknown', context);
        answer(this.#refused(connection, limit, { error, requestId: context.requestId }));
        if (error instanceof EndsConnection) this.#close(connection);
      },
    );
  }

  /** The ack of a refusal; that of a spent budget is kept for the commands that follow. */
  #refused(connection: SocketConnection, reason: RefusedFor, { error, requestId }: { error: unknown; requestId: string }): string {
    const ack = `{"ok":false,"error":${JSON.stringify(toProblem(error, requestId))}}`;
    if (isAppError(error) && error.code === 'rate_limited')
      this.#refusals.keep(connection, reason, { ack, retryAfterMs: (error.retryAfter ?? 1) * 1000 });
    return ack;
  }

  /** Closes the connection after the acks that are still to be sent. */
  #close(connection: SocketConnection): void {
    this.#parts.fanOut.flush();
    hangUp(connection.engine, 'refused');
  }

  /** Without a promise of its own between the call and its answer: every message takes this path. */
  #perform(connection: SocketConnection, command: Command, input: unknown, context: Context): Promise<unknown> {
    try {
      const admitted = this.#parts.pipeline.chargeAndPerform(command, input, context);
      return command.socket.watch ? this.#watch(connection, command, { input, admitted, context }) : admitted;
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** Asked again once the rooms are joined: what changed in between would be in neither answer. */
  async #watch(
    connection: SocketConnection,
    command: Command,
    { input, admitted, context }: { input: unknown; admitted: Promise<unknown>; context: Context },
  ): Promise<unknown> {
    const output = await admitted;
    this.#parts.watch(connection, command.socket.watch?.(output) ?? []);
    return this.#parts.pipeline.perform(command, input, context);
  }

  async #performOwn(
    connection: SocketConnection,
    own: OwnCommand | undefined,
    { payload, context }: { payload: unknown; context: Context },
  ): Promise<unknown> {
    await this.#parts.pipeline.chargeTo(own?.limit ?? unknownLimit, context);
    if (!own) throw notFound('There is no such command.');
    return own.perform(connection, payload);
  }
}

const tooManyUnanswered = (): AppError =>
  new AppError('rate_limited', { detail: 'Too many answers are on their way or wait to be read.', retryAfter: 1 });

const contextOf = (connection: SocketConnection, waitMs: number): Context => ({
  requestId: newId(),
  actor: connection.actor,
  transport: 'socket',
  address: connection.address,
  device: connection.device,
  connectionId: connection.id,
  deadline: systemClock.monotonic() + waitMs,
});
