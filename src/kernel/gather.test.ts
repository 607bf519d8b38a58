import { Gather } from './gather.ts';

interface Read {
  readonly keys: readonly string[];
  readonly resolve: (found: ReadonlyMap<string, string>) => void;
  readonly reject: (error: Error) => void;
}

let reads: Read[];
let gather: Gather<string, string>;
beforeEach(() => {
  reads = [];
  gather = new Gather((keys) => new Promise((resolve, reject) => void reads.push({ keys, resolve, reject })));
});
const turn = () => new Promise((resolve) => setImmediate(resolve));
const answer = ({ keys, resolve }: Read): void => {
  resolve(new Map(keys.filter((key) => key !== 'none').map((key) => [key, `value of ${key}`])));
};

test('what is asked for in one turn is read together, each key once', async () => {
  const asked = Promise.all(['a', 'b', 'a', 'none'].map((key) => gather.get(key)));
  await turn();
  expect(reads.map(({ keys }) => keys)).toEqual([['a', 'b', 'none']]);
  answer(reads[0]!);
  await expect(asked).resolves.toEqual(['value of a', 'value of b', 'value of a', undefined]);
});

test('a key that is being read is read again for who asks later', async () => {
  const first = gather.get('a');
  await turn();
  const second = gather.get('a');
  await turn();
  expect(reads).toHaveLength(2);
  reads[0]!.resolve(new Map([['a', 'old']]));
  reads[1]!.resolve(new Map([['a', 'new']]));
  await expect(Promise.all([first, second])).resolves.toEqual(['old', 'new']);
});

test('while two reads are under way, all others wait for one', async () => {
  const asked: Promise<unknown>[] = [];
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    asked.push(gather.get(key));
    await turn();
  }
  expect(reads).toHaveLength(2);
  answer(reads[0]!);
  await turn();
  await turn();
  expect(reads[2]?.keys).toEqual(['c', 'd', 'e']);
  answer(reads[1]!);
  answer(reads[2]!);
  await expect(Promise.all(asked)).resolves.toHaveLength(5);
});

test('a read that fails fails for those who asked, and for no others', async () => {
  const failing = gather.get('a');
  await turn();
  const other = gather.get('b');
  await turn();
  reads[0]!.reject(new Error('lost'));
  await expect(failing).rejects.toThrow('lost');
  answer(reads[1]!);
  await expect(other).resolves.toBe('value of b');
});

test('very many keys are read in parts', async () => {
  const asked = Promise.all(Array.from({ length: 450 }, (_unused, index) => gather.get(String(index))));
  for (let read = 0; read < 3; read++) {
    await turn();
    await turn();
    answer(reads[read]!);
  }
  expect((await asked).filter((value) => value !== undefined)).toHaveLength(450);
  expect(reads.map(({ keys }) => keys.length)).toEqual([200, 200, 50]);
});
