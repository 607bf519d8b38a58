import { reachedAt } from './doctor.ts';

test.each([
  [undefined, '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['127.0.0.2', '127.0.0.2'],
  ['::', '[::1]'],
  ['::1', '[::1]'],
  ['fe80::1', '[fe80::1]'],
  ['chat.internal', 'chat.internal'],
])('a server that listens on %s is asked at %s', (host, asked) => {
  expect(reachedAt(host)).toBe(asked);
});
