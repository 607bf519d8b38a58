import type { Message, Timeline } from '../../shared/model.ts';
import { store } from '../../shared/state/store.ts';
import { windowEdges } from './window-edges.ts';

const log = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index }) as Message);

/** A window onto 100 messages whose pages of ten the test lets through or fails. */
function slowWindow(from: number, to: number) {
  const show = (first: number, last: number, loading = false): Timeline => ({
    messages: log(first, last),
    pending: [],
    hasOlder: first > 1,
    hasNewer: last < 100,
    loading,
    loaded: true,
  });
  const timeline = store(show(from, to));
  const asked: string[] = [];
  let outcome: Error | null = null;
  const load = (side: string, grown: () => Timeline) => async () => {
    asked.push(side);
    const before = timeline.get();
    timeline.set({ ...before, loading: true });
    await Promise.resolve();
    timeline.set(outcome ? before : grown());
    if (outcome) throw outcome;
  };
  const first = () => timeline.get().messages[0]?.seq ?? 0;
  const last = () => timeline.get().messages.at(-1)?.seq ?? 0;
  return {
    asked,
    handle: {
      timeline,
      loadOlder: load('older', () => show(Math.max(1, first() - 10), last())),
      loadNewer: load('newer', () => show(first(), Math.min(100, last() + 10))),
    },
    fail: (error: Error | null) => (outcome = error),
  };
}

const atStart = { nearStart: true, nearEnd: false };
const atEnd = { nearStart: false, nearEnd: true };
const between = { nearStart: false, nearEnd: false };

test('a reader who stays at the edge gets page after page, until the first message', async () => {
  const { handle, asked } = slowWindow(36, 60);
  const edges = windowEdges(handle);
  let pages = 0;
  while (await edges.reach(atStart)) pages++;
  expect(pages).toBe(4);
  expect(handle.timeline.get().messages[0]?.seq).toBe(1);
  expect(asked).toEqual(['older', 'older', 'older', 'older']);
});

test('the other edge is read on alike', async () => {
  const { handle } = slowWindow(36, 75);
  const edges = windowEdges(handle);
  while (await edges.reach(atEnd));
  expect(handle.timeline.get().messages.at(-1)?.seq).toBe(100);
});

test('one page of a side is asked for at a time', async () => {
  const { handle, asked } = slowWindow(36, 60);
  const edges = windowEdges(handle);
  await Promise.all([edges.reach(atStart), edges.reach(atStart), edges.reach(atStart)]);
  expect(asked).toEqual(['older']);
});

test('after a failure the edge waits until it is asked again by hand', async () => {
  const { handle, asked, fail } = slowWindow(36, 60);
  const edges = windowEdges(handle);
  const failure = new Error('500');
  fail(failure);
  expect(await edges.reach(atStart)).toBe(false);
  expect(await edges.reach(atStart)).toBe(false);
  expect(asked).toHaveLength(1);
  expect(edges.failures.older.get()).toBe(failure);
  expect(edges.failures.newer.get()).toBeNull();
  fail(null);
  edges.allow();
  expect(await edges.reach(atStart)).toBe(true);
  expect(edges.failures.older.get()).toBeNull();
});

test('a reader who leaves the edge and comes back asks again', async () => {
  const { handle, asked, fail } = slowWindow(36, 60);
  const edges = windowEdges(handle);
  fail(new Error('429'));
  await edges.reach(atEnd);
  expect(edges.failures.newer.get()).not.toBeNull();
  fail(null);
  await edges.reach(between);
  await edges.reach(atEnd);
  expect(asked).toEqual(['newer', 'newer']);
});
