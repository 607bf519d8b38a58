import type { OwnRev } from '../ports.ts';
import { asking, plan } from './catching-up.ts';

const own = (id: string, rev: number, at = 0): OwnRev => ({
  id,
  rev,
  activeAt: new Date(at).toISOString(),
  lastReadSeq: 0,
  muted: false,
});
const idsOf = (revs: readonly OwnRev[]): string[] => revs.map(({ id }) => id);

test('a plan names what differs, what stayed as it is, and what is gone', () => {
  const mine = [own('same', 5), own('behind', 9), own('ahead', 3), own('new', 4), own('untouched', 0)];
  const known = new Map([
    ['same', 5],
    ['behind', 7],
    ['ahead', 8],
    ['untouched', 0],
    ['gone', 2],
  ]);
  const { differing, settled, removed } = plan(mine, known, null);
  expect(idsOf(differing).sort()).toEqual(['ahead', 'behind', 'new']);
  expect(idsOf(settled).sort()).toEqual(['same', 'untouched']);
  expect(removed).toEqual(['gone']);
});

test('a walk goes from what was active last to what was active first, what differs before the rest, and nothing twice', () => {
  const mine = [own('a', 1, 10), own('b', 1, 30), own('c', 1, 20), own('d', 1, 20)];
  const known = new Map([['c', 1]]);
  const first = plan(mine, known, null);
  expect([idsOf(first.differing), idsOf(first.settled)]).toEqual([['b', 'd', 'a'], ['c']]);
  const second = plan(mine, known, { part: 'differing', ...first.differing[1]! });
  expect([idsOf(second.differing), idsOf(second.settled)]).toEqual([['a'], ['c']]);
  const third = plan(mine, known, { part: 'settled', ...first.settled[0]! });
  expect([idsOf(third.differing), idsOf(third.settled)]).toEqual([[], []]);
});

test('the more conversations are behind, the fewer changes of each are read, and never many more than could be sent', () => {
  const limits = (count: number, gap: number): number[] =>
    asking(
      Array.from({ length: count }, () => ({ gap })),
      240_000,
    ).map(({ limit }) => limit);
  expect(limits(1, 1_000)).toEqual([200]);
  expect(limits(1, 3)).toEqual([3]);
  expect(limits(10, 1_000)).toEqual(Array.from({ length: 10 }, () => 54));
  expect(limits(1_000, 1_000)).toHaveLength(54);
  expect(limits(1_000, 1)).toHaveLength(534);
});
