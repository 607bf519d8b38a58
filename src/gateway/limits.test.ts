import { jest } from '@jest/globals';
import { addressBudget, budgets, type Limits, memoryLimits, unlimited } from './limits.ts';

const spendAll = async (limits: Limits, subject: string): Promise<void> => {
  for (let n = 0; n < budgets.search.points; n++) await limits.spend('search', subject);
};

afterEach(() => {
  jest.useRealTimers();
});

test('a call tells what is left of its budget', async () => {
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

test('limits that are off spend nothing', async () => {
  for (let n = 0; n < 10_000; n++) await unlimited.spend('credentials', 'ana');
  expect(await unlimited.spend('credentials', 'ana')).toBeNull();
});
