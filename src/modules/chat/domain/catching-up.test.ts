import type { OwnConversation } from '../ports.ts';
import { pageSize, plan } from './catching-up.ts';

const own = (id: string, rev: number): OwnConversation => ({ head: { id, rev } }) as OwnConversation;

test('a caller is told what differs, what to read, what was rolled back and what is gone', () => {
  const mine = [own('same', 5), own('behind', 9), own('ahead', 3), own('new', 4), own('untouched', 0)];
  const known = new Map([
    ['same', 5],
    ['behind', 7],
    ['ahead', 8],
    ['untouched', 0],
    ['gone', 2],
  ]);
  const { differing, behind, ahead, removed } = plan(mine, known);
  expect(differing.map(({ head }) => head.id)).toEqual(['behind', 'ahead', 'new']);
  expect(behind).toEqual([{ conversationId: 'behind', known: 7, upto: 9 }]);
  expect(ahead.map(({ id }) => id)).toEqual(['ahead']);
  expect(removed).toEqual(['gone']);
});

test('the more conversations, the fewer changes of each, and never too few to get on', () => {
  expect([0, 1, 5, 10, 100, 1_000].map(pageSize)).toEqual([200, 200, 200, 100, 10, 10]);
});
