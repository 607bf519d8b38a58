import type { Endpoint, LimitName, Operation, Route } from '../contracts/define.ts';
import { audited, type AuditTrail } from '../kernel/audit.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import type { Context } from '../kernel/context.ts';
import { errorTrace, isAppError, needsAudit } from '../kernel/errors.ts';
import { exhaustionOf, withExhaustion } from '../kernel/exhaustion.ts';
import { isTeamAdmin } from '../kernel/policy.ts';
import { LogThrottle } from '../kernel/telemetry/log-throttle.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';
import { checkAccess } from './access.ts';
import type { Backlog } from './backlog.ts';
import { MaintenanceMode } from './maintenance-mode.ts';
import { isNarrowed, withPeople } from './guest-people.ts';
import { bytesPerPoint, type Limits, type Spent, unlimited } from './limits.ts';
import { Turns } from './turns.ts';

interface CallPipelineParts {
  readonly bus: BusCaller;
  readonly limits: Limits;
  readonly audit: AuditTrail;
  readonly logger: Logger;
  /** The bytes that wait for each person; not checked when absent. */
  readonly backlog?: Backlog;
  /** Always open when absent. */
  readonly maintenance?: MaintenanceMode;
  /** What is remembered of sessions is forgotten as soon as an account or a session was changed here: its event may come later than the answer. */
  readonly sessions?: { forget(): void };
}

/** Budgets of calls whose cost depends on how much they read. */
const readLimits: ReadonlySet<LimitName> = new Set(['read', 'search']);

/** What every transport does with a call once it knows who calls: access, budget, audit, bus. */
export class CallPipeline {
  readonly #bus: BusCaller;
  readonly #limits: Limits;
  readonly #audit: AuditTrail;
  readonly #logger: Logger;
  readonly #backlog: Backlog | undefined;
  readonly #maintenance: MaintenanceMode;
  readonly #sessions: { forget(): void } | undefined;
  readonly #reads: Turns;
  readonly #outages = new LogThrottle();
  readonly #bugs = new LogThrottle({ lines: 20 });

  constructor({ bus, limits, audit, logger, backlog, maintenance = new MaintenanceMode(), sessions }: CallPipelineParts) {
    this.#backlog = backlog;
    this.#sessions = sessions;
    this.#bus = bus;
    this.#limits = limits;
    this.#reads = new Turns({ atOnce: 6, waitingAtMost: limits === unlimited ? Infinity : 100 });
    this.#audit = audit;
    this.#logger = logger;
    this.#maintenance = maintenance;
  }

  /** Charges the call; null where limits are off. */
  charge(operation: Pick<Endpoint, 'access' | 'limit'>, context: Context): Promise<Spent | null> {
    checkAccess(operation, context.actor);
    return this.chargeTo(operation.limit, context);
  }

  /** Charges what is no operation: commands of a connection, names that nobody serves. */
  chargeTo(limit: LimitName, { actor, address }: Context): Promise<Spent | null> {
    return actor ? this.#limits.spend(limit, actor.userId) : this.#limits.spendUnknown(limit, address);
  }

  /** Charges and performs; throws at once where access is refused. With limits off the transport calls the bus directly. */
  chargeAndPerform(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    checkAccess(operation, context.actor);
    if (this.#limits === unlimited) return this.perform(operation, input, context);
    return this.chargeTo(operation.limit, context).then(() => this.perform(operation, input, context));
  }

  /** The call itself, for one that is admitted and charged already. One person's reads take turns. */
  perform(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    this.#maintenance.check(operation);
    const { actor } = context;
    // No function in between: every message takes this path, and its answer is small.
    if (!actor || operation.limit === 'message') return this.#call(operation, input, context);
    const call = () => {
      this.#backlog?.check(actor.userId);
      return changesSessions(operation) ? this.#callAndForget(operation, input, context) : this.#call(operation, input, context);
    };
    return readLimits.has(operation.limit) ? this.#reads.take(actor.userId, call) : call();
  }

  /** Has a route answered that is admitted and charged already: behind its row where only an admin may make the change. */
  performRoute(
    route: Route,
    { input, context }: { input: unknown; context: Context },
    answer: (context: Context) => Promise<Response>,
  ): Promise<Response> {
    this.#maintenance.check(route);
    if (!isAudited(route)) return answer(context);
    return audited(this.#audit, { operation: route, input, context }, () => answer({ ...context, isAudited: true }));
  }

  async #callAndForget(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    const answer = await this.#call(operation, input, context);
    this.#sessions?.forget();
    return answer;
  }

  #call(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    if (isAudited(operation)) return this.#callWithRow(operation, input, context);
    if (isNarrowed(operation, context)) return this.#callAsGuest(operation, input, context);
    const asked = this.#bus.call(operation, input, context);
    if (!context.actor || !isTeamAdmin(context.actor)) return asked;
    // Which right allows it is known where the change is decided; what a team role alone allows is asked for again, behind its row.
    return asked.catch((error: unknown) => {
      if (needsAudit(error)) return this.#callWithRow(operation, input, context);
      throw error;
    });
  }

  async #callAsGuest(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    return this.#bus.call(operation, input, await withPeople(this.#bus, { operation, input, context }));
  }

  #callWithRow(operation: Operation, input: unknown, context: Context): Promise<unknown> {
    const call = () => this.#bus.call(operation, input, { ...context, isAudited: true });
    return audited(this.#audit, { operation, input, context }, call);
  }

  /** Charges the caller for the size of an answer, after it was made: what is large costs more than the call that asked for it. */
  chargeAnswer({ actor }: Context, text: string): void {
    if (!actor || text.length * 3 < bytesPerPoint || this.#limits === unlimited) return;
    const points = Math.floor(Buffer.byteLength(text) / bytesPerPoint);
    if (points > 0) this.#limits.spendLater('read', actor.userId, points);
  }

  /**
   * Logs what a client must not see; refusals are not logged. What makes every call fail for a while (a database away, no file
   * descriptors left) is one line a minute; a bug is a line per request, up to a bound, so that its request id is found.
   */
  note(thrown: unknown, operation: string, context: Context): void {
    const error = withExhaustion(thrown);
    if (isAppError(error) && (error.status < 500 || (this.#maintenance.isOn && error.code === 'unavailable'))) return;
    const isOutage = isAppError(error) && error.code !== 'internal';
    const leftOut = (isOutage ? this.#outages : this.#bugs).admit(causeOf(error));
    if (leftOut === null) return;
    this.#logger.error('request failed', {
      event: 'request.failed',
      operation,
      transport: context.transport,
      requestId: context.requestId,
      userId: context.actor?.userId,
      error: isAppError(error) ? `${error.code}: ${error.detail}` : errorTrace(error),
      ...(isAppError(error) && error.cause !== undefined ? { cause: errorTrace(error.cause) } : {}),
      ...(leftOut > 0 ? { leftOut } : {}),
    });
  }
}

/** Every change that only an admin may make leaves a row. */
const isAudited = ({ access, http }: Endpoint): boolean => (access === 'admin' || access === 'owner') && http?.method !== 'GET';

const changesSessions = ({ name, http }: Operation): boolean => name.startsWith('auth.') && http?.method !== 'GET';

/** Failures of one cause differ in their ids and times, not in their code and the first words of what lies behind them. */
function causeOf(error: unknown): string {
  if (!isAppError(error)) return error instanceof Error ? `${error.name} ${placeOfError(error)}` : typeof error;
  const { cause } = error;
  return [error.code, error.detail, exhaustionOf(cause) || codeOfCause(cause)].join(' ');
}

/** Where it was thrown: the message may hold what the caller sent. */
const placeOfError = (error: Error): string => error.stack?.split('\n').find((line) => line.startsWith('    at ')) ?? '';

function codeOfCause(cause: unknown): string {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
