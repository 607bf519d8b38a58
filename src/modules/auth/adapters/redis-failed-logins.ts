import { createHash } from 'node:crypto';
import type { RedisClient } from '../../../kernel/redis.ts';
import type { FailedLoginRule, FailedLoginCounters } from '../ports.ts';

/** A counter is a hash of `failures`, `until` (when the wait ends) and `forget` (when it expires), by the clock of Redis. */
const count = `
local now, wait = tonumber(ARGV[1]), 0
for _, key in ipairs(KEYS) do
  local tally = redis.call('HMGET', key, 'until', 'forget')
  if tally[2] and tonumber(tally[2]) <= now then redis.call('DEL', key)
  elseif tally[1] then wait = math.max(wait, tonumber(tally[1]) - now) end
end
if wait > 0 then return tostring(wait) end
for i, key in ipairs(KEYS) do
  local failures = redis.call('HINCRBY', key, 'failures', 1)
  local over, longest = failures - tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
  local ends = 0
  if over > 0 then ends = now + math.min(longest, 1000 * 2 ^ math.min(over, 30)) end
  redis.call('HSET', key, 'until', string.format('%.0f', ends), 'forget', string.format('%.0f', now + 3600000))
  redis.call('PEXPIRE', key, 3600000)
end
return '0'`;

const takeBack = `
local now = tonumber(ARGV[1])
for i, key in ipairs(KEYS) do
  local forget = redis.call('HGET', key, 'forget')
  if forget and tonumber(forget) > now then
    local failures = redis.call('HINCRBY', key, 'failures', -1)
    if failures <= 0 then redis.call('DEL', key)
    elseif failures <= tonumber(ARGV[i * 2]) then redis.call('HSET', key, 'until', '0') end
  end
end`;

/** Counts the guesses at all nodes together. */
export class RedisFailedLogins implements FailedLoginCounters {
  readonly #redis: RedisClient;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  async count(rules: readonly FailedLoginRule[], now: number): Promise<number> {
    return Number(await this.#run(count, rules, now));
  }

  async forget(rules: readonly FailedLoginRule[]): Promise<void> {
    if (rules.length > 0) await this.#redis.command('DEL', ...this.#keysOf(rules));
  }

  async takeBack(rules: readonly FailedLoginRule[], now: number): Promise<void> {
    if (rules.length > 0) await this.#run(takeBack, rules, now);
  }

  #run(script: string, rules: readonly FailedLoginRule[], now: number): Promise<unknown> {
    const values = [
      Math.round(now + this.#redis.skewMs),
      ...rules.flatMap(({ freeFailures, longestWaitMs }) => [freeFailures, longestWaitMs]),
    ];
    return this.#redis.run(script, this.#keysOf(rules), values.map(String));
  }

  /** Hashed, because what somebody typed may be long and may be a password. */
  #keysOf(rules: readonly FailedLoginRule[]): string[] {
    return rules.map(({ key }) => `${this.#redis.prefix}guesses:${createHash('sha256').update(key).digest('base64url')}`);
  }
}
