import { Batched } from './batched.ts';

test('what comes together is written together, and what comes meanwhile next', async () => {
  const written: (readonly number[])[] = [];
  const batched = new Batched<number>(3, async (items) => {
    written.push(items);
    if (items.includes(1)) void batched.add(9);
    await Promise.resolve();
  });
  await Promise.all([1, 2, 3, 4].map((item) => batched.add(item)));
  expect(written).toEqual([
    [1, 2, 3],
    [4, 9],
  ]);
});

test('a batch that fails fails for those who are in it alone', async () => {
  const batched = new Batched<number>(1, ([item]) => (item === 1 ? Promise.reject(new Error('no')) : Promise.resolve()));
  const results = await Promise.allSettled([batched.add(1), batched.add(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});
