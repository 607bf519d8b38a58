import { z } from 'zod';
import { operation } from '../../../contracts/define.ts';
import { type Context, systemContext } from '../../context.ts';
import { AppError, isAppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Bus, implement } from '../bus.ts';
import { type BusPromises, eachTest, gateOf, type OpenBus } from './each-bus.suite.ts';

const Order = z.strictObject({ dish: z.string(), portions: z.int().default(1), notes: z.array(z.string()).optional() });

const cook = operation({
  name: 'suite.cook',
  summary: 'Cook a dish.',
  access: 'internal',
  input: Order,
  output: z.strictObject({ dish: z.string(), portions: z.int(), notes: z.array(z.string()).optional() }),
});

const cookQuickly = operation({ ...cook, name: 'suite.cookQuickly', deadlineMs: 50 });

/** Asking and waiting. */
export function callSuite(open: () => Promise<OpenBus>, { isolates }: BusPromises): void {
  const opened = eachTest(open);
  const context = (): Context => systemContext();
  const serve = async (handle: Parameters<typeof implement<typeof cook>>[1]): Promise<Bus> => {
    const { bus } = opened();
    bus.serve(implement(cook, handle));
    await bus.start();
    return bus;
  };

  test('is answered, with the defaults of its input filled in', async () => {
    const bus = await serve((order) => order);
    expect(bus.serves(cook)).toBe(true);
    await expect(bus.call(cook, { dish: 'soup' }, context())).resolves.toEqual({ dish: 'soup', portions: 1 });
  });

  test('brings who asks and by which transport', async () => {
    const seen: Context[] = [];
    const bus = await serve((order, from) => {
      seen.push(from);
      return order;
    });
    const asking: Context = { ...systemContext('http'), actor: { userId: newId(), sessionId: newId(), role: 'guest' }, device: 'a phone' };
    await bus.call(cook, { dish: 'soup' }, asking);
    // Each process has a monotonic clock of its own.
    expect(seen).toEqual([{ ...asking, deadline: expect.closeTo(asking.deadline, -3) as number }]);
  });

  test('of what nobody serves is refused as unavailable', async () => {
    const { bus } = opened();
    await bus.start();
    expect(bus.serves(cook)).toBe(false);
    await expect(bus.call(cook, { dish: 'soup' }, context())).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('with a wrong input names every fault and never reaches the handler', async () => {
    let asked = 0;
    const bus = await serve((order) => {
      asked++;
      return order;
    });
    const wrong = { portions: 'many', notes: ['hot', 7], more: true } as unknown as { dish: string };
    const refusal = await bus.call(cook, wrong, context()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'validation_failed' });
    const paths = (refusal as AppError).errors?.map(({ path }) => path) ?? [];
    expect(paths).toEqual(expect.arrayContaining(['dish', 'portions', 'notes.1']));
    expect(asked).toBe(0);
  });

  test('names no more faults than a person can read', async () => {
    const bus = await serve((order) => order);
    const wrong = { dish: 'soup', notes: Array.from({ length: 5000 }, () => 7) as unknown as string[] };
    const refusal = (await bus.call(cook, wrong, context()).catch((error: unknown) => error)) as AppError;
    expect(refusal.errors).toHaveLength(20);
  });

  test('that takes longer than its caller waits is given up', async () => {
    const gate = gateOf();
    const bus = await serve(async (order) => {
      await gate.opened;
      return order;
    });
    const impatient = { ...context(), deadline: Date.now() + 50 };
    await expect(bus.call(cook, { dish: 'roast' }, impatient)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    gate.open();
  });

  test('waits no longer than its declaration allows, whatever its caller says', async () => {
    const gate = gateOf();
    const { bus } = opened();
    bus.serve(
      implement(cookQuickly, async (order) => {
        await gate.opened;
        return order;
      }),
    );
    await bus.start();
    await expect(bus.call(cookQuickly, { dish: 'egg' }, context())).rejects.toMatchObject({ code: 'deadline_exceeded' });
    gate.open();
  });

  test('that is refused brings the whole refusal back, and is not tried again', async () => {
    let asked = 0;
    const bus = await serve(() => {
      asked++;
      throw new AppError('conflict', { detail: 'The oven is taken.', errors: [{ path: 'dish', message: 'is cooking' }], retryAfter: 7 });
    });
    const refusal = await bus.call(cook, { dish: 'pie' }, context()).catch((error: unknown) => error);
    expect(isAppError(refusal)).toBe(true);
    expect(refusal).toMatchObject({
      code: 'conflict',
      status: 409,
      detail: 'The oven is taken.',
      errors: [{ path: 'dish', message: 'is cooking' }],
      retryAfter: 7,
    });
    expect(asked).toBe(1);
  });

  test('that meets a bug fails as one, not as a refusal', async () => {
    const bus = await serve(() => {
      throw new TypeError('the cook is not a function');
    });
    const failure = await bus.call(cook, { dish: 'pie' }, context()).catch((error: unknown) => error);
    expect(isAppError(failure) ? failure.code : 'internal').toBe('internal');
  });

  test('is served by one handler of its operation', async () => {
    const bus = await serve((order) => order);
    expect(() => {
      bus.serve(implement(cook, (order) => order));
    }).toThrow('suite.cook');
  });

  test('under way is answered before the bus has stopped, and new ones are refused', async () => {
    const begun = gateOf();
    const gate = gateOf();
    const bus = await serve(async (order) => {
      begun.open();
      await gate.opened;
      return order;
    });
    const underWay = bus.call(cook, { dish: 'stew' }, context());
    await begun.opened;
    const order: string[] = [];
    const stopping = bus.stop().then(() => order.push('stopped'));
    await expect(bus.call(cook, { dish: 'late' }, context())).rejects.toMatchObject({ code: 'unavailable' });
    gate.open();
    await expect(underWay.finally(() => order.push('answered'))).resolves.toMatchObject({ dish: 'stew' });
    await stopping;
    expect(order).toEqual(['answered', 'stopped']);
  });

  if (!isolates) return;

  test('shares no live object between caller and handler', async () => {
    const kept: { notes: string[] } = { notes: ['kept by the cook'] };
    const bus = await serve((order, from) => {
      order.notes?.push('changed by the cook');
      (from as { device: string }).device = 'changed by the cook';
      return { dish: order.dish, portions: 1, notes: kept.notes };
    });
    const input = { dish: 'soup', notes: ['as asked'] };
    const asking = context();
    const answer = await bus.call(cook, input, asking);
    answer.notes?.push('changed by the guest');
    expect([input.notes, asking.device, kept.notes]).toEqual([['as asked'], '', ['kept by the cook']]);
  });

  test('whose answer breaks its declaration fails', async () => {
    const bus = await serve(() => ({ dish: 'soup', portions: 'two' }) as unknown as { dish: string; portions: number });
    await expect(bus.call(cook, { dish: 'soup' }, context())).rejects.toThrow('suite.cook');
  });
}
