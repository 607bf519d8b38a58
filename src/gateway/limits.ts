import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitName } from '../contracts/define.ts';
import { AppError } from '../kernel/errors.ts';
import { networkOf, widerNetworkOf } from '../kernel/network.ts';
import type { RedisClient } from '../kernel/redis.ts';
import { BoundedCounters } from './bounded-counters.ts';

export interface Budget {
  /** Calls per `windowSeconds`. */
  readonly points: number;
  readonly windowSeconds: number;
}

/** What one person may ask for. A busy human stays far below; a runaway script does not. */
export const budgets: Readonly<Record<LimitName, Budget>> = {
  read: { points: 600, windowSeconds: 60 },
  /** Small pictures that a browser keeps: a page that was never opened asks for hundreds at once. */
  picture: { points: 3_000, windowSeconds: 60 },
  write: { points: 300, windowSeconds: 60 },
  message: { points: 120, windowSeconds: 30 },
  signal: { points: 120, windowSeconds: 30 },
  search: { points: 60, windowSeconds: 60 },
  credentials: { points: 20, windowSeconds: 60 },
  /** Apart from `credentials`: reading invites must not use up the budget for sign-ups. */
  invite: { points: 20, windowSeconds: 60 },
};

/**
 * Before sign-in a network may ask for what three busy people may. Thirty people sign up and sign in by that, and sixty look at an invite; and as
 * many password hashes as it pays for are done before the first of their callers gives up.
 */
const peopleBehindNetwork = 3;

/** Everything one network may ask for, signed in or not; an office of some hundred people shares one. */
export const addressBudget: Budget = { points: 12_000, windowSeconds: 60 };

/** The wider network (/48, /24) may ask for what this many networks may. */
export const networksInWider = 10;

/** Bytes of an answer that come with its call; each further portion costs a point of the `read` budget. */
export const bytesPerPoint = 65_536;

/** Keys that one budget remembers: of people, and of networks, apart, so that a flood of addresses pushes no person out. */
const peopleAtMost = 100_000;
const networksAtMost = 20_000;

export interface Spent {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the budget is whole again. */
  readonly reset: number;
}

/** Charges calls to budgets. Several nodes share one through a common store behind the same interface. */
export interface Limits {
  /** Throws `rate_limited` with `retryAfter`; null when limits are off. */
  spend(name: LimitName, userId: string): Promise<Spent | null>;
  /** The same for a caller who is not signed in. */
  spendUnknown(name: LimitName, address: string): Promise<Spent | null>;
  spendAddress(address: string): Promise<void>;
  /** Charges what a call cost beyond its own point, known only after it; never throws, the next call is refused. */
  spendLater(name: LimitName, userId: string, points: number): void;
}

export const unlimited: Limits = {
  spend: () => Promise.resolve(null),
  spendUnknown: () => Promise.resolve(null),
  spendAddress: () => Promise.resolve(),
  spendLater: () => undefined,
};

interface Tally {
  /** Points in this window, these among them. */
  readonly consumed: number;
  readonly msLeft: number;
}
/** `atMost`: what the budget has now; more is refused. */
type Counter = (key: string, points: number, atMost: number) => Tally | Promise<Tally>;
type MakeCounter = (name: string, budget: Budget, keysAtMost: number) => Counter;

interface Counting {
  readonly budget: Budget;
  readonly count: Counter;
}

const names = Object.keys(budgets) as LimitName[];

/** How many times its budgets a network may spend at the moment. */
type Scale = () => number;
const usual: Scale = () => 1;

/** Budgets kept by counters of one kind. */
class CountedLimits implements Limits {
  readonly #people: Readonly<Record<LimitName, Counting>>;
  readonly #unknown: Readonly<Record<LimitName, NetworkBudget>>;
  readonly #addresses: NetworkBudget;

  constructor(make: MakeCounter, scale: Scale) {
    const each = <T>(of: (name: LimitName) => T) => Object.fromEntries(names.map((name) => [name, of(name)])) as Record<LimitName, T>;
    this.#people = each((name) => ({ budget: budgets[name], count: make(name, budgets[name], peopleAtMost) }));
    this.#unknown = each((name) => new NetworkBudget(`unknown:${name}`, times(budgets[name], peopleBehindNetwork), { make, scale }));
    this.#addresses = new NetworkBudget('address', addressBudget, { make, scale });
  }

  spend(name: LimitName, userId: string): Promise<Spent> {
    return charge(this.#people[name], userId);
  }

  spendUnknown(name: LimitName, address: string): Promise<Spent> {
    return this.#unknown[name].charge(address);
  }

  async spendAddress(address: string): Promise<void> {
    await this.#addresses.charge(address);
  }

  spendLater(name: LimitName, userId: string, points: number): void {
    const { count, budget } = this.#people[name];
    void count(userId, points, budget.points);
  }
}

/** A budget of a network and, ten times as large, of the wider network around it: a subscriber with many networks has one of those. */
class NetworkBudget {
  readonly #network: Counting;
  readonly #wider: Counting;
  readonly #scale: Scale;

  constructor(name: string, budget: Budget, { make, scale }: { make: MakeCounter; scale: Scale }) {
    this.#scale = scale;
    const wider = times(budget, networksInWider);
    this.#network = { budget, count: make(name, budget, networksAtMost) };
    this.#wider = { budget: wider, count: make(`${name}:wider`, wider, networksAtMost) };
  }

  /** The wider one first: what it refuses leaves no record of the network. */
  async charge(address: string): Promise<Spent> {
    const scale = this.#scale();
    await charge(this.#wider, widerNetworkOf(address), scale);
    return charge(this.#network, networkOf(address), scale);
  }
}

const times = ({ points, windowSeconds }: Budget, factor: number): Budget => ({ points: points * factor, windowSeconds });

async function charge({ budget, count }: Counting, key: string, scale = 1): Promise<Spent> {
  const points = budget.points * scale;
  const { consumed, msLeft } = await count(key, 1, points);
  const reset = Math.max(1, Math.ceil(msLeft / 1000));
  if (consumed <= points) return { limit: points, remaining: points - consumed, reset };
  throw new AppError('rate_limited', { detail: `Too many requests; try again in ${String(reset)} s.`, retryAfter: reset });
}

/** Budgets of this process alone. */
export const memoryLimits = (scale: Scale = usual): Limits => new CountedLimits(inMemory, scale);

function inMemory(_name: string, { windowSeconds }: Budget, atMost: number): Counter {
  const counters = new BoundedCounters({ windowMs: windowSeconds * 1000, atMost });
  return (key, points) => counters.add(key, points);
}

/** Budgets that all nodes share; while the server is away, each node counts for itself. */
export const redisLimits = (redis: RedisClient, scale: Scale = usual): Limits =>
  new CountedLimits((...budget) => inRedis(redis, ...budget), scale);

function inRedis(redis: RedisClient, name: string, budget: Budget, atMost: number): Counter {
  const alone = inMemory(name, budget, atMost);
  // One per size that the budget had: they count under the same keys.
  const limiters = new Map<number, RateLimiterRedis>();
  const limiterOf = (atMost: number): RateLimiterRedis => {
    const known = limiters.get(atMost);
    if (known) return known;
    const made = new RateLimiterRedis({
      storeClient: redis.commands,
      keyPrefix: `${redis.prefix}limit:${name}`,
      points: atMost,
      duration: budget.windowSeconds,
      // What is over its budget is refused without asking again.
      inMemoryBlockOnConsumed: atMost + 1,
    });
    limiters.set(atMost, made);
    return made;
  };
  return async (key, points, atMost) => {
    try {
      const { consumedPoints, msBeforeNext } = await limiterOf(atMost).consume(key, points);
      return { consumed: consumedPoints, msLeft: msBeforeNext };
    } catch (refusal) {
      return refusal instanceof RateLimiterRes ? { consumed: atMost + 1, msLeft: refusal.msBeforeNext } : alone(key, points, atMost);
    }
  };
}
