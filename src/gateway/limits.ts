import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitName } from '../contracts/define.ts';
import { AppError } from '../kernel/errors.ts';
import type { RedisServer } from '../kernel/redis/redis.ts';

export interface Budget {
  /** Calls per `windowSeconds`. */
  readonly points: number;
  readonly windowSeconds: number;
}

/** What one person (or, before sign-in, one address) may ask for. A busy human stays far below; a runaway script does not. */
export const budgets: Readonly<Record<LimitName, Budget>> = {
  read: { points: 600, windowSeconds: 60 },
  write: { points: 300, windowSeconds: 60 },
  message: { points: 120, windowSeconds: 30 },
  signal: { points: 120, windowSeconds: 30 },
  search: { points: 60, windowSeconds: 60 },
  credentials: { points: 20, windowSeconds: 60 },
};

/** Everything one address may ask for, signed in or not; offices share one address. */
export const addressBudget: Budget = { points: 6_000, windowSeconds: 60 };

export interface Spent {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the budget is whole again. */
  readonly reset: number;
}

/** Charges calls to budgets. Several nodes share one through a common store behind the same face. */
export interface Limits {
  /** Throws `rate_limited` with `retryAfter`; null when limits are off. */
  spend(name: LimitName, subject: string): Promise<Spent | null>;
  spendAddress(address: string): Promise<void>;
}

export const unlimited: Limits = {
  spend: () => Promise.resolve(null),
  spendAddress: () => Promise.resolve(),
};

type Limiter = RateLimiterAbstract;
type MakeLimiter = (name: string, budget: Budget) => Limiter;

/** Budgets kept by limiters of one kind. */
class CountedLimits implements Limits {
  readonly #limiters: Readonly<Record<LimitName, Limiter>>;
  readonly #addresses: Limiter;

  constructor(make: MakeLimiter) {
    this.#addresses = make('address', addressBudget);
    this.#limiters = {
      read: make('read', budgets.read),
      write: make('write', budgets.write),
      message: make('message', budgets.message),
      signal: make('signal', budgets.signal),
      search: make('search', budgets.search),
      credentials: make('credentials', budgets.credentials),
    };
  }

  async spend(name: LimitName, subject: string): Promise<Spent> {
    const state = await consume(this.#limiters[name], subject);
    return { limit: budgets[name].points, remaining: state.remainingPoints, reset: Math.ceil(state.msBeforeNext / 1000) };
  }

  async spendAddress(address: string): Promise<void> {
    await consume(this.#addresses, address);
  }
}

/** Budgets of this process alone. */
export const memoryLimits = (): Limits => new CountedLimits(inMemory);

/** Budgets that all nodes share; while the server is away, each node counts for itself. */
export const redisLimits = (redis: RedisServer): Limits =>
  new CountedLimits(
    (name, budget) =>
      new RateLimiterRedis({
        storeClient: redis.commands,
        keyPrefix: `${redis.prefix}limit:${name}`,
        points: budget.points,
        duration: budget.windowSeconds,
        insuranceLimiter: inMemory(name, budget),
        // What is over its budget is refused without asking again.
        inMemoryBlockOnConsumed: budget.points + 1,
      }),
  );

const inMemory = (keyPrefix: string, { points, windowSeconds }: Budget): RateLimiterMemory =>
  new RateLimiterMemory({ keyPrefix, points, duration: windowSeconds });

async function consume(limiter: Limiter, subject: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(subject);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new AppError('rate_limited', { detail: `Too many requests; try again in ${String(retryAfter)} s.`, retryAfter });
  }
}
