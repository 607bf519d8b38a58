import { derived } from './derived.ts';
import { store } from './store.ts';

test('a store calls a listener for each change until it unsubscribes', () => {
  const count = store(0);
  const seen: number[] = [];
  const leave = count.subscribe(() => seen.push(count.get()));
  count.set(1);
  count.set(1);
  count.update((value) => value + 1);
  leave();
  count.set(9);
  expect(seen).toEqual([1, 2]);
});

test('a derived value is computed once per change of its source', () => {
  const words = store<readonly string[]>(['a']);
  let computed = 0;
  const joined = derived(words, (list) => {
    computed += 1;
    return { text: list.join('') };
  });
  expect(joined.get()).toBe(joined.get());
  words.set(['a', 'b']);
  expect(joined.get().text).toBe('ab');
  expect(computed).toBe(2);
});
