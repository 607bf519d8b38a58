import { LogThrottle } from '../../../kernel/telemetry/log-throttle.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { Counter, Metrics } from '../../../kernel/telemetry/metrics.ts';
import { OnceGuard, ReplayGuard } from './replay-guard.ts';
import { type MessageKind, Signatures, type VerifiedMessage } from './signatures.ts';

/** `unsigned`: no process of this team signed it for this purpose. `malformed`: one did, and its shape is none this version knows. */
type RefusalReason = 'unsigned' | 'stale' | 'replayed' | 'malformed';

interface MessageAuthOptions {
  readonly secret: string;
  /** Of this process; another after each start. */
  readonly nodeId: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Lets messages of this team's processes in and nothing else: what is refused is counted, and logged once a minute for each reason. */
export class MessageAuth {
  readonly #signatures: Signatures;
  readonly #replays = new ReplayGuard();
  readonly #once = new OnceGuard();
  readonly #throttle = new LogThrottle();
  readonly #logger: Logger;
  readonly #refused: Counter;

  constructor({ secret, nodeId, logger, metrics }: MessageAuthOptions) {
    this.#signatures = new Signatures(secret, nodeId);
    this.#logger = logger;
    const help = 'Messages from Redis or RabbitMQ that were refused: unsigned, stale, replayed, malformed';
    this.#refused = metrics.counter('confab_bus_messages_refused_total', help, ['kind', 'reason']);
  }

  /** By which other processes know this one. */
  get self(): string {
    return this.#signatures.from;
  }

  sign(kind: MessageKind, to: string, text: string): Buffer {
    return this.#signatures.sign({ kind, to }, text);
  }

  /** For what may lawfully wait for days or come twice, and whose effect is the same when it does. */
  open(kind: MessageKind, to: string, content: Buffer): VerifiedMessage | null {
    const message = this.#signatures.verify({ kind, to }, content);
    if (!message) this.refuse(kind, 'unsigned');
    return message;
  }

  /** For what is of the moment: refused when it is old, or came before. */
  openFresh(kind: MessageKind, to: string, content: Buffer): VerifiedMessage | null {
    const message = this.open(kind, to, content);
    if (!message) return null;
    const fault = this.#replays.faultOf(`${kind} ${to}`, message);
    if (fault === null) return message;
    this.refuse(kind, fault);
    return null;
  }

  /** The same for messages that may overtake each other: refused when it is old, or when this very one came before. */
  openOnce(kind: MessageKind, to: string, content: Buffer): VerifiedMessage | null {
    const message = this.open(kind, to, content);
    if (!message) return null;
    const fault = this.#once.faultOf(message);
    if (fault === null) return message;
    this.refuse(kind, fault);
    return null;
  }

  /** Counts a refusal and logs it, at most once a minute for each kind and reason. */
  refuse(kind: MessageKind, reason: RefusalReason): void {
    this.#refused.add({ kind, reason });
    const leftOut = this.#throttle.admit(`${kind} ${reason}`);
    if (leftOut === null) return;
    this.#logger.error('a message from the server between the processes was refused', {
      event: 'bus.message_refused',
      kind,
      reason,
      ...(leftOut > 0 ? { leftOut } : {}),
    });
  }
}
