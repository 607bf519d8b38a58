import type { Pushed } from '../../test/harness/push-service.ts';
import { accountOf } from './account-of.ts';

const pushed = (eventId: string, endpoint: string, tag = eventId): Pushed => ({
  endpoint,
  headers: {},
  bytes: 1,
  payload: { eventId, notification: { tag } },
  claims: {},
});

test('what arrived once at each device is all in order', () => {
  const all = [pushed('e1', 'a'), pushed('e1', 'b'), pushed('e2', 'a'), pushed('e2', 'b')];
  const inOrder = { due: 4, arrived: 4, missing: [], strangers: [], mixed: [], repeated: 0, most: 1 };
  expect(accountOf(all, ['e1', 'e2'], ['a', 'b'])).toEqual(inOrder);
});

test('what is missing, came to somebody else, came again or under another tag is found', () => {
  const all = [pushed('e1', 'a'), pushed('e1', 'a'), pushed('e1', 'a', 'other'), pushed('e1', 'c'), pushed('e3', 'a')];
  expect(accountOf(all, ['e1'], ['a', 'b'])).toEqual({
    due: 2,
    arrived: 1,
    missing: ['e1 b'],
    strangers: ['e1 c', 'e3 a'],
    mixed: ['e1 a'],
    repeated: 2,
    most: 3,
  });
});
