import { z } from 'zod';
import { jest } from '@jest/globals';
import { event, operation } from '../../contracts/define.ts';
import { systemContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { implement, onEvent } from '../../kernel/bus/bus.ts';
import { type OpenBus, busSuite } from '../../kernel/bus/bus.suite.ts';
import { MemoryBus } from './memory-bus.ts';
import { MemoryDeliveries } from './memory-deliveries.ts';

function openMemoryBus(strict: boolean): Promise<OpenBus> {
  let passedMs = 0;
  const deliveries = new MemoryDeliveries(() => Date.now() + passedMs);
  const bus = new MemoryBus({ deliveries, logger: silentLogger, strict });
  const nextTry = (): Promise<void> => {
    passedMs += 120_000;
    return bus.retryDue();
  };
  return Promise.resolve({ bus, deliveries, nextTry });
}

describe('MemoryBus', () => {
  busSuite(() => openMemoryBus(false), { isolates: false });
});

describe('MemoryBus, strict', () => {
  busSuite(() => openMemoryBus(true), { isolates: true });
});

const happened = event({ name: 'suite.happened', summary: 'It happened.', delivery: 'event', payload: z.strictObject({}) });
const wait = operation({ name: 'suite.wait', summary: 'Wait.', access: 'internal', input: z.strictObject({}), output: z.strictObject({}) });
const newEvent = () => ({ id: newId(), event: happened.name, payload: {} });
const never = new Promise<never>(() => undefined);

const hour = 3_600_000;

describe.each([
  ['an hour forward', hour],
  ['an hour back', -hour],
])('MemoryBus while the clock of the machine is set %s', (_name, step) => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const stepTheClock = (): void => {
    jest.setSystemTime(Date.now() + step);
  };

  test('a call that takes a moment is answered, and what it calls in turn as well', async () => {
    const { bus } = await openMemoryBus(false);
    const later = () => new Promise<Record<string, never>>((resolve) => setTimeout(resolve, 3_000, {}));
    const outer = operation({ ...wait, name: 'suite.outer' });
    bus.serve(implement(wait, later));
    bus.serve(
      implement(outer, async (_input, context) => {
        await later();
        return bus.call(wait, {}, context);
      }),
    );
    const asked = bus.call(outer, {}, systemContext());
    await jest.advanceTimersByTimeAsync(1_000);
    stepTheClock();
    await jest.advanceTimersByTimeAsync(6_000);
    await expect(asked).resolves.toEqual({});
    await bus.stop();
  });

  test('a call that hangs is given up in its own time', async () => {
    const { bus } = await openMemoryBus(false);
    bus.serve(implement(wait, () => never));
    let outcome: unknown = null;
    bus.call(wait, {}, systemContext('bus', 5_000)).catch((error: unknown) => (outcome = error));
    await jest.advanceTimersByTimeAsync(1_000);
    stepTheClock();
    await jest.advanceTimersByTimeAsync(3_500);
    expect(outcome).toBeNull();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(outcome).toMatchObject({ code: 'deadline_exceeded' });
  });

  test('a stop waits for what is under way for as long as it would otherwise', async () => {
    const { bus } = await openMemoryBus(false);
    bus.serve(implement(wait, () => never));
    bus.call(wait, {}, systemContext()).catch(() => undefined);
    let isQuiet = false;
    void bus.idle(2_000).then(() => (isQuiet = true));
    await jest.advanceTimersByTimeAsync(1_000);
    stepTheClock();
    await jest.advanceTimersByTimeAsync(500);
    expect(isQuiet).toBe(false);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(isQuiet).toBe(true);
  });
});

describe('MemoryBus in time', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('retries by itself, each time after twice as long, about a minute before the last', async () => {
    const { bus, deliveries } = await openMemoryBus(false);
    const triedAt: number[] = [];
    bus.subscribe(
      onEvent(happened, 'clumsy', () => {
        triedAt.push(Date.now());
        throw new Error('again');
      }),
    );
    await bus.start();
    await bus.deliver([newEvent()]);
    await jest.advanceTimersByTimeAsync(90_000);
    const pauses = triedAt.slice(1).map((at, index) => Math.round((at - (triedAt[index] ?? 0)) / 1000));
    expect(pauses).toEqual([1, 1, 2, 4, 8, 16, 32]);
    expect(await deliveries.countDead()).toBe(1);
    await bus.stop();
  });

  test('a subscriber that never answers is given up and called again', async () => {
    const { bus, deliveries } = await openMemoryBus(false);
    let calls = 0;
    bus.subscribe(onEvent(happened, 'endless', () => (++calls === 1 ? never : undefined)));
    await bus.start();
    const delivered = bus.deliver([newEvent()]);
    await jest.advanceTimersByTimeAsync(25_000);
    await delivered;
    expect(calls).toBe(2);
    expect(await deliveries.countDead()).toBe(0);
    await bus.stop();
  });

  test('stops although a call and a subscriber never end: the caller gets an error, the event is kept', async () => {
    const { bus, deliveries } = await openMemoryBus(false);
    bus.serve(implement(wait, () => never));
    bus.subscribe(onEvent(happened, 'endless', () => never));
    await bus.start();
    const asked = bus.call(wait, {}, systemContext()).catch((error: unknown) => error);
    const delivered = bus.deliver([newEvent()]);
    const stopping = bus.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    await stopping;
    await expect(asked).resolves.toMatchObject({ code: 'deadline_exceeded' });
    await delivered;
    await jest.advanceTimersByTimeAsync(120_000);
    expect(await deliveries.claimDue(1, 1)).toHaveLength(1);
  });

  test('a retried event whose subscriber is gone becomes a dead letter that says so', async () => {
    const { bus, deliveries, nextTry } = await openMemoryBus(false);
    await deliveries.keep(newEvent(), 'moved-out', 1, 'failed', 0);
    await nextTry();
    expect(await deliveries.listDead(1, null)).toMatchObject([{ subscriber: 'moved-out', error: 'no subscriber has this name any more' }]);
    await bus.stop();
  });
});
