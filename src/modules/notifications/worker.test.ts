import { systemClock } from '../../kernel/clock.ts';
import { Worker } from './worker.ts';

const parts = { clock: systemClock, restsTimes: () => 0, idleMs: 60_000 };

test('a worker that is woken looks at once, and goes on while there is something to do', async () => {
  const done: number[] = [];
  let left = 0;
  let looked = (): void => undefined;
  const worker = new Worker({
    ...parts,
    step: () => {
      done.push(left);
      looked();
      return Promise.resolve(left > 0 ? left-- : 0);
    },
  });
  const empty = new Promise<void>((resolve) => (looked = resolve));
  worker.start();
  await empty;
  left = 2;
  const all = new Promise<void>(
    (resolve) =>
      (looked = () => {
        if (done.length === 4) resolve();
      }),
  );
  worker.wake();
  await all;
  await worker.stop();
  expect(done).toEqual([0, 2, 1, 0]);
});

test('a wake while a step runs is not lost', async () => {
  let steps = 0;
  const twice = new Promise<void>((resolve) => {
    const worker: Worker = new Worker({
      ...parts,
      step: () => {
        if (++steps === 1) worker.wake();
        else void worker.stop().then(resolve);
        return Promise.resolve(0);
      },
    });
    worker.start();
  });
  await twice;
  expect(steps).toBe(2);
});
