import { jest } from '@jest/globals';
import { addressBudget, budgets, type Limits, memoryLimits, networksInWider, unlimited } from './limits.ts';

const spendAll = async (limits: Limits, subject: string): Promise<void> => {
  for (let n = 0; n < budgets.search.points; n++) await limits.spend('search', subject);
};

afterEach(() => {
  jest.useRealTimers();
});

test('a call reports what is left of its budget', async () => {
  const limits = memoryLimits();
  expect(await limits.spend('search', 'ana')).toEqual({ limit: 60, remaining: 59, reset: 60 });
  expect(await limits.spend('search', 'ana')).toMatchObject({ remaining: 58 });
});

test('a spent budget refuses and says when to come back', async () => {
  const limits = memoryLimits();
  await spendAll(limits, 'ana');
  const refusal = await limits.spend('search', 'ana').catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'rate_limited', status: 429, retryAfter: expect.any(Number) });
  expect((refusal as { retryAfter: number }).retryAfter).toBeGreaterThanOrEqual(1);
  expect((refusal as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(60);
});

test('each person and each kind of call has a budget of its own', async () => {
  const limits = memoryLimits();
  await spendAll(limits, 'ana');
  await expect(limits.spend('search', 'boris')).resolves.toMatchObject({ remaining: 59 });
  await expect(limits.spend('read', 'ana')).resolves.toMatchObject({ remaining: 599 });
});

test('a budget is whole again when its window has passed', async () => {
  jest.useFakeTimers();
  const limits = memoryLimits();
  await spendAll(limits, 'ana');
  await expect(limits.spend('search', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
  jest.advanceTimersByTime(61_000);
  await expect(limits.spend('search', 'ana')).resolves.toMatchObject({ remaining: 59 });
});

test('an address has a budget for all its callers together', async () => {
  const limits = memoryLimits();
  for (let n = 0; n < addressBudget.points; n++) await limits.spendAddress('192.0.2.1');
  await expect(limits.spendAddress('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(limits.spendAddress('192.0.2.2')).resolves.toBeUndefined();
});

const spent = async (times: number, call: (n: number) => Promise<unknown>): Promise<number> => {
  let refused = 0;
  for (let n = 0; n < times; n++) await call(n).catch(() => refused++);
  return times - refused;
};

describe('before sign-in', () => {
  test.each<[string, (n: number) => string]>([
    ['addresses of one /64', (n) => `2001:db8:1:2:${n.toString(16)}::${n.toString(16)}`],
    ['one address in several texts', (n) => ['192.0.2.7', '::ffff:192.0.2.7', '::ffff:c000:207', '192.0.2.7:9'][n % 4] ?? ''],
    ['one address with several zones', (n) => `fe80::1%eth${String(n)}`],
  ])('%s share one budget', async (_what, address) => {
    const limits = memoryLimits();
    expect(await spent(200, (n) => limits.spendUnknown('credentials', address(n)))).toBe(60);
  });

  test.each<[string, (n: number) => string]>([
    ['networks of one /48', (n) => `2001:db8:1:${n.toString(16)}::1`],
    ['addresses of one /24', (n) => `192.0.2.${String(n % 256)}`],
  ])('%s share ten times the budget', async (_what, address) => {
    const limits = memoryLimits();
    expect(await spent(2_000, (n) => limits.spendUnknown('credentials', address(n)))).toBe(60 * networksInWider);
    await expect(limits.spendUnknown('credentials', '198.51.100.1')).resolves.toMatchObject({ limit: 60 });
  });

  test('fifteen people behind one address look at an invite, sign up and sign in at once', async () => {
    const limits = memoryLimits();
    expect(await spent(15 * 3, () => limits.spendUnknown('credentials', '192.0.2.1'))).toBe(45);
  });

  test('two hundred people behind one address come back at the same time', async () => {
    const limits = memoryLimits();
    const comesBack = async () => {
      await limits.spendUnknown('write', '192.0.2.1');
      await limits.spendUnknown('read', '192.0.2.1');
      for (let n = 0; n < 40; n++) await limits.spendAddress('192.0.2.1');
    };
    expect(await spent(200, comesBack)).toBe(200);
  });
});

test('a flood of addresses resets the budget of no person and of no network that is over its own', async () => {
  const limits = memoryLimits();
  await spendAll(limits, 'ana');
  for (let n = 0; n < 61; n++) await limits.spendUnknown('credentials', '203.0.113.1').catch(() => undefined);
  for (let n = 0; n < 30_000; n++) await limits.spendUnknown('credentials', `2001:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`);
  await expect(limits.spend('search', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(limits.spendUnknown('credentials', '203.0.113.1')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('what a call cost beyond its point is taken from what is left', async () => {
  const limits = memoryLimits();
  await limits.spend('read', 'ana');
  limits.spendLater('read', 'ana', 700);
  await expect(limits.spend('read', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('limits that are off spend nothing', async () => {
  for (let n = 0; n < 10_000; n++) await unlimited.spend('credentials', 'ana');
  expect(await unlimited.spend('credentials', 'ana')).toBeNull();
});

test('a network that stands for many people gets more at once, a person does not', async () => {
  let scale = 1;
  const limits = memoryLimits(() => scale);
  const ask = () => limits.spendUnknown('credentials', '192.0.2.7');
  expect(await spent(61, ask)).toBe(60);
  scale = 20;
  expect(await spent(1_300, ask)).toBe(60 * 20 - 61);
  await spendAll(limits, 'ana');
  await expect(limits.spend('search', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
  scale = 1;
  await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
});
