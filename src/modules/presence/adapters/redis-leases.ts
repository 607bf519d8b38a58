import type { Connection } from '../../../contracts/connections/connections.ts';
import type { RedisClient } from '../../../kernel/redis.ts';
import type { LeaseStore } from '../ports.ts';

/**
 * Leases that all nodes share. `people` orders those who are online by the end of their last lease; each of them has a
 * set of their connections by the ends of theirs. Every step is one script, so that of several nodes one gets who
 * came or went.
 */
const hold = `
local people, until_ = KEYS[1], tonumber(ARGV[1])
local arrived = {}
for i = 2, #ARGV, 2 do
  local user, connection = ARGV[i], ARGV[i + 1]
  local leases = people .. ':' .. user
  redis.call('ZREMRANGEBYSCORE', leases, '-inf', until_ - 120000)
  redis.call('ZADD', leases, until_, connection)
  if redis.call('ZADD', people, 'GT', until_, user) == 1 then arrived[#arrived + 1] = user end
end
return arrived`;

const release = `
local people, until_ = KEYS[1], tonumber(ARGV[1])
for i = 2, #ARGV, 2 do
  local user, connection = ARGV[i], ARGV[i + 1]
  local leases = people .. ':' .. user
  redis.call('ZADD', leases, 'XX', 'LT', until_, connection)
  local last = redis.call('ZREVRANGE', leases, 0, 0, 'WITHSCORES')
  if last[2] then redis.call('ZADD', people, 'XX', last[2], user) end
end`;

const expire = `
local people, now = KEYS[1], ARGV[1]
local left = {}
for _, user in ipairs(redis.call('ZRANGEBYSCORE', people, '-inf', now, 'LIMIT', 0, 1000)) do
  redis.call('DEL', people .. ':' .. user)
  redis.call('ZREM', people, user)
  left[#left + 1] = user
end
return left`;

const online = `
local found = {}
for _, user in ipairs(ARGV) do
  if redis.call('ZSCORE', KEYS[1], user) then found[#found + 1] = user end
end
return found`;

/** Scripts take a few thousand arguments, and hold up every other command while they run. */
const perScript = 500;

export class RedisLeases implements LeaseStore {
  readonly #redis: RedisClient;
  readonly #people: string;

  constructor(redis: RedisClient) {
    this.#redis = redis;
    this.#people = `${redis.prefix}online`;
  }

  async hold(connections: readonly Connection[], until: number): Promise<readonly string[]> {
    return this.#each(hold, pairsOf(connections), this.#shared(until));
  }

  async release(connections: readonly Connection[], until: number): Promise<void> {
    await this.#each(release, pairsOf(connections), this.#shared(until));
  }

  expire(now: number): Promise<readonly string[]> {
    return this.#run(expire, [this.#shared(now)]);
  }

  async online(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.#each(online, userIds));
  }

  async count(): Promise<number> {
    return Number(await this.#redis.command('ZCARD', this.#people));
  }

  /** A time of this node in that of the server: leases of nodes whose clocks differ end together. */
  #shared(time: number): string {
    return String(Math.round(time + this.#redis.skewMs));
  }

  async #each(script: string, values: readonly string[], ...first: readonly string[]): Promise<string[]> {
    const answers: string[] = [];
    for (let at = 0; at < values.length; at += perScript * 2) {
      answers.push(...(await this.#run(script, [...first, ...values.slice(at, at + perScript * 2)])));
    }
    return answers;
  }

  async #run(script: string, values: readonly string[]): Promise<string[]> {
    return ((await this.#redis.run(script, [this.#people], values)) as string[] | null) ?? [];
  }
}

const pairsOf = (connections: readonly Connection[]): string[] => connections.flatMap(({ userId, connectionId }) => [userId, connectionId]);
