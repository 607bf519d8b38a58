import { expect, test } from '@jest/globals';
import { subjectsOf } from './audited.ts';

test('a change names whom it was made to, where, and which role it gave', () => {
  expect(subjectsOf({ input: { userId: 'b', role: 'admin' } })).toEqual({ personIds: ['b'], conversationId: null, role: 'admin' });
  expect(subjectsOf({ input: { conversationId: 'c', userIds: ['a', 7, 'b'] } })).toEqual({
    personIds: ['a', 'b'],
    conversationId: 'c',
    role: null,
  });
});

test('an input of any shape names nothing', () => {
  expect(subjectsOf({ input: { userId: 7, userIds: 'a', role: null, conversationId: {} } })).toEqual({
    personIds: [],
    conversationId: null,
    role: null,
  });
});
