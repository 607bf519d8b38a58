import { endedNode } from './node-release.ts';

test.each([
  ['20.19.5', '2026-04-29', null],
  ['20.19.5', '2026-05-01', 'Node 20.19.5 gets no security fixes since 2026-04-30: install Node 24.'],
  ['25.1.0', '2026-11-27', 'Node 25.1.0 gets no security fixes since 2026-06-01: install Node 24.'],
  ['24.3.0', '2026-11-27', null],
  ['30.0.0', '2026-11-27', null],
])('Node %s on %s', (version, day, words) => {
  expect(endedNode(version, new Date(day))).toBe(words);
});
