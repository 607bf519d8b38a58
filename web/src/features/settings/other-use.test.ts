import { expect, test } from '@jest/globals';
import type { Session } from '../../shared/model.ts';
import { otherUse } from './other-use.ts';

const session = (alsoUsed?: Session['alsoUsed']) =>
  ({ address: '192.0.2.1', device: 'Firefox', ...(alsoUsed ? { alsoUsed } : {}) }) as Session;
const at = '2026-11-28T12:00:00.000Z';

test('the same browser at the same address is the person themself', () => {
  expect(otherUse(session({ at, address: '192.0.2.1', device: 'Firefox' }))).toBeUndefined();
  expect(otherUse(session())).toBeUndefined();
});

test.each([
  { at, address: '198.51.100.9', device: 'Firefox' },
  { at, address: '192.0.2.1', device: 'Chromium' },
])('a use from $address by $device is shown', (alsoUsed) => {
  expect(otherUse(session(alsoUsed))).toEqual(alsoUsed);
});
