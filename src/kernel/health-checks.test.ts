import { jest } from '@jest/globals';
import { HealthChecks } from './health-checks.ts';

const check = (name: string, work: () => Promise<string>, required = true) => ({ name, required, check: work });

afterEach(() => {
  jest.useRealTimers();
});

test('each check says how it is, in the order they were added', async () => {
  const health = new HealthChecks();
  health.add(check('database', () => Promise.resolve('answers')));
  health.add(check('mail', () => Promise.reject(new Error('refused')), false));
  expect(await health.run()).toEqual([
    { name: 'database', required: true, ok: true, detail: 'answers' },
    { name: 'mail', required: false, ok: false, detail: 'refused' },
  ]);
});

test('a check that hangs counts as failed after two seconds and holds up no other', async () => {
  jest.useFakeTimers();
  const health = new HealthChecks();
  health.add(check('endless', () => new Promise<never>(() => undefined)));
  health.add(check('well', () => Promise.resolve('answers')));
  const running = health.run();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await running).toMatchObject([
    { name: 'endless', ok: false, detail: 'no answer in two seconds' },
    { name: 'well', ok: true },
  ]);
});

test('a check that throws before it waits, or throws no error, fails alone', async () => {
  const health = new HealthChecks();
  health.add(
    check('broken', () => {
      throw new Error('at once');
    }),
  );
  health.add(check('odd', () => Promise.reject('a word' as unknown as Error)));
  expect(await health.run()).toMatchObject([{ detail: 'at once' }, { detail: 'a word' }]);
});

test('leaves no timer behind', async () => {
  jest.useFakeTimers();
  const health = new HealthChecks();
  health.add(check('database', () => Promise.resolve('answers')));
  await health.run();
  expect(jest.getTimerCount()).toBe(0);
});
