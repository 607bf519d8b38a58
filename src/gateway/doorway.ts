import type { Operation } from '../contracts/define.ts';
import { audited, type AuditTrail } from '../kernel/audit.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import type { Context } from '../kernel/context.ts';
import { isAppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { checkAccess } from './access.ts';
import { Gate } from './gate.ts';
import { type Limits, type Spent, unlimited } from './limits.ts';

interface DoorwayParts {
  readonly bus: BusCaller;
  readonly limits: Limits;
  readonly audit: AuditTrail;
  readonly logger: Logger;
  /** Open for good unless given. */
  readonly gate?: Gate;
}

/** What every door does with a call once it knows who calls: access, budget, audit, bus. */
export class Doorway {
  readonly #bus: BusCaller;
  readonly #limits: Limits;
  readonly #audit: AuditTrail;
  readonly #logger: Logger;
  readonly #gate: Gate;

  constructor({ bus, limits, audit, logger, gate = new Gate() }: DoorwayParts) {
    this.#bus = bus;
    this.#limits = limits;
    this.#audit = audit;
    this.#logger = logger;
    this.#gate = gate;
  }

  /** Charges the call; null where limits are off. */
  charge(operation: Operation, context: Context): Promise<Spent | null> {
    checkAccess(operation, context.actor);
    return this.#limits.spend(operation.limit, context.actor?.userId ?? context.address);
  }

  /** Charges and performs; throws at once where access is refused. With limits off nothing stands between the door and the bus. */
  admit(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    checkAccess(operation, context.actor);
    if (this.#limits === unlimited) return this.perform(operation, input, context);
    return this.#limits
      .spend(operation.limit, context.actor?.userId ?? context.address)
      .then(() => this.perform(operation, input, context));
  }

  /** The call itself, for one that is admitted and charged already. */
  perform(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    this.#gate.check(operation);
    if (isAudited(operation)) return audited(this.#audit, { operation, input, context }, () => this.#bus.call(operation, input, context));
    return this.#bus.call(operation, input, context);
  }

  /** Logs what a client must not see. Refusals are no news. */
  note(error: unknown, operation: string, context: Context): void {
    if (isAppError(error) && (error.status < 500 || (this.#gate.isClosed && error.code === 'unavailable'))) return;
    this.#logger.error('request failed', {
      operation,
      door: context.door,
      requestId: context.requestId,
      userId: context.actor?.userId,
      error: isAppError(error) ? `${error.code}: ${error.detail}` : describe(error),
      ...(isAppError(error) && error.cause !== undefined ? { cause: describe(error.cause) } : {}),
    });
  }
}

/** Every change that only an admin may make leaves a row. */
const isAudited = (operation: Operation): boolean =>
  (operation.access === 'admin' || operation.access === 'owner') && operation.http?.method !== 'GET';

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
