import { z } from 'zod';
import { eventually } from '../../../../test/harness/eventually.ts';
import { event } from '../../../contracts/define.ts';
import { onLive } from '../bus.ts';
import { type BusPromises, eachTest, type OpenBus } from './each-bus.suite.ts';

const smelling = event({ name: 'suite.smelling', summary: 'It smells.', delivery: 'signal', payload: z.strictObject({ of: z.string() }) });

/** Signals to whoever subscribes right now. */
export function signalSuite(open: () => Promise<OpenBus>, { isolates }: BusPromises): void {
  const opened = eachTest(open);

  test('reaches whoever listens, in order, and not before the one who gives it is done', async () => {
    const { bus } = opened();
    const received: string[] = [];
    bus.subscribe(onLive(smelling, 'nose', ({ payload }) => void received.push(payload.of)));
    await bus.start();
    const all = Array.from({ length: 50 }, (_, number) => String(number));
    for (const of of all) bus.signal(smelling, { of });
    expect(received).toEqual([]);
    await eventually(() => {
      expect(received).toEqual(all);
    });
  });

  test('nobody listens to is lost in peace', async () => {
    const { bus } = opened();
    await bus.start();
    expect(() => {
      bus.signal(smelling, { of: 'soup' });
    }).not.toThrow();
  });

  test('reaches other subscribers when one fails', async () => {
    const { bus } = opened();
    const received: string[] = [];
    bus.subscribe(
      onLive(smelling, 'cold', () => {
        throw new Error('nothing');
      }),
    );
    bus.subscribe(onLive(smelling, 'nose', ({ payload }) => void received.push(payload.of)));
    await bus.start();
    bus.signal(smelling, { of: 'soup' });
    bus.signal(smelling, { of: 'roast' });
    await eventually(() => {
      expect(received).toEqual(['soup', 'roast']);
    });
  });

  test('given to a stopped bus is dropped', async () => {
    const { bus } = opened();
    await bus.start();
    await bus.stop();
    expect(() => {
      bus.signal(smelling, { of: 'soup' });
    }).not.toThrow();
  });

  if (!isolates) return;

  test('that breaks its declaration is dropped and stops no other', async () => {
    const { bus } = opened();
    const received: string[] = [];
    bus.subscribe(onLive(smelling, 'nose', ({ payload }) => void received.push(payload.of)));
    await bus.start();
    bus.signal(smelling, { of: 7 } as unknown as { of: string });
    bus.signal(smelling, { of: 'soup' });
    await eventually(() => {
      expect(received).toEqual(['soup']);
    });
  });
}
