import { Backlog, backlogAtMost } from './backlog.ts';

test('what waits for a person is one sum over every transport, and refuses work above the bound', () => {
  const backlog = new Backlog();
  const [sockets, answers] = [new Map([['ana', backlogAtMost - 1]]), new Map([['ana', 1]])];
  backlog.add((userId) => sockets.get(userId) ?? 0);
  backlog.add((userId) => answers.get(userId) ?? 0);
  backlog.check('ana');
  answers.set('ana', 2);
  expect(() => {
    backlog.check('ana');
  }).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfter: 5 }));
  backlog.check('boris');
});
