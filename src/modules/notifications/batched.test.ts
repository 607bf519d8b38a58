import { Batched } from './batched.ts';

test('what comes together is written together, and what comes meanwhile next', async () => {
  const written: (readonly number[])[] = [];
  const batched = new Batched<number>({
    atMost: 3,
    write: async (items) => {
      written.push(items);
      if (items.includes(1)) void batched.add(9);
      await Promise.resolve();
    },
  });
  await Promise.all([1, 2, 3, 4].map((item) => batched.add(item)));
  expect(written).toEqual([
    [1, 2, 3],
    [4, 9],
  ]);
});

test('a batch that fails fails for those who are in it alone', async () => {
  const batched = new Batched<number>({
    atMost: 1,
    write: ([item]) => (item === 1 ? Promise.reject(new Error('no')) : Promise.resolve()),
  });
  const results = await Promise.allSettled([batched.add(1), batched.add(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('what comes in the rest after a batch is the next one', async () => {
  const written: (readonly number[])[] = [];
  const batched = new Batched<number>({ atMost: 3, restsMs: () => 20, write: (items) => Promise.resolve(void written.push(items)) });
  await batched.add(1);
  const second = batched.add(2);
  await Promise.resolve();
  await Promise.all([second, batched.add(3)]);
  expect(written).toEqual([[1], [2, 3]]);
});
