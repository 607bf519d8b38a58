import type { Operation, SocketDoor } from '../../contracts/define.ts';
import { operations } from '../../contracts/registry.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Doorway } from '../doorway.ts';
import { toProblem } from '../problem.ts';
import type { FanOut } from './fan-out.ts';
import type { Link } from './link.ts';
import type { Rooms } from './rooms.ts';

type Command = Operation & { readonly socket: SocketDoor<unknown> };

/** Unanswered commands of one socket; a client that waits for none of its acks is told to wait. */
const maxInFlight = 1024;

/** Takes the ack of a command as JSON text: `{"ok":true,"data":…}`. */
export type Answer = (ack: string) => void;
/** Commands that concern the connection itself. */
export type OwnCommand = (link: Link, payload: unknown) => Promise<unknown>;

interface CommandParts {
  readonly doorway: Doorway;
  readonly rooms: Rooms;
  readonly fanOut: FanOut;
  readonly serves: (operation: Operation) => boolean;
  readonly own: Readonly<Record<string, OwnCommand>>;
}

/** The one listener behind every command: name → declaration → bus → exactly one ack. */
export class Commands {
  readonly #parts: CommandParts;
  readonly #byName: ReadonlyMap<string, Command>;
  readonly #own: ReadonlyMap<string, OwnCommand>;

  constructor(parts: CommandParts) {
    this.#parts = parts;
    const served = operations.filter((operation): operation is Command => operation.socket !== undefined && parts.serves(operation));
    this.#byName = new Map(served.map((operation) => [operation.socket.command, operation]));
    this.#own = new Map(Object.entries(parts.own));
  }

  /** A command that came by the short way: its ack goes out with the others of the turn. */
  takeNumbered(link: Link, id: string, args: readonly unknown[]): void {
    this.take(link, args, (ack) => {
      this.#parts.fanOut.toLink(link, `3${id}[${ack}]`);
    });
  }

  take(link: Link, [name, payload]: readonly unknown[], answer: Answer): void {
    if (link.inFlight >= maxInFlight) {
      answer(refusal(new AppError('rate_limited', { detail: 'Too many commands without an answer.', retryAfter: 1 }), newId()));
      return;
    }
    link.inFlight++;
    const command = typeof name === 'string' ? this.#byName.get(name) : undefined;
    const context = contextOf(link, command?.deadlineMs ?? 10_000);
    const done = command ? this.#perform(link, command, payload ?? {}, context) : this.#performOwn(link, name, payload);
    done.then(
      (data) => {
        link.inFlight--;
        const told: unknown = command?.socket.toAck ? command.socket.toAck(data) : data;
        answer(`{"ok":true,"data":${(JSON.stringify(told) as string | undefined) ?? 'null'}}`);
      },
      (error: unknown) => {
        link.inFlight--;
        this.#parts.doorway.note(error, command?.name ?? 'unknown', context);
        answer(refusal(error, context.requestId));
      },
    );
  }

  /** No promise of its own stands between the call and its answer: this is the way of every message. */
  #perform(link: Link, command: Command, input: unknown, context: Context): Promise<unknown> {
    try {
      const admitted = this.#parts.doorway.admit(command, input, context);
      return command.socket.watch ? this.#watch(link, command, { input, admitted, context }) : admitted;
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** Asked again once the rooms are joined: what changed in between would be in neither answer. */
  async #watch(
    link: Link,
    command: Command,
    { input, admitted, context }: { input: unknown; admitted: Promise<unknown>; context: Context },
  ): Promise<unknown> {
    const output = await admitted;
    this.#parts.rooms.watch(link, command.socket.watch?.(output) ?? []);
    return this.#parts.doorway.perform(command, input, context);
  }

  async #performOwn(link: Link, name: unknown, payload: unknown): Promise<unknown> {
    const own = typeof name === 'string' ? this.#own.get(name) : undefined;
    if (!own) throw notFound('There is no such command.');
    return own(link, payload);
  }
}

const refusal = (error: unknown, requestId: string): string => `{"ok":false,"error":${JSON.stringify(toProblem(error, requestId))}}`;

const contextOf = (link: Link, waitMs: number): Context => ({
  requestId: newId(),
  actor: link.actor,
  door: 'socket',
  address: link.address,
  device: link.device,
  connectionId: link.id,
  deadline: Date.now() + waitMs,
});
