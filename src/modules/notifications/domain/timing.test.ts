import { pushTiming, retryAt } from './timing.ts';

const now = Date.parse('2026-01-31T23:00:00.000Z');
const off = { on: false, from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' };
const awake = { preferences: { quietHours: off }, isActive: false, isDnd: false };

test('devices wait 15 s while the person is active on another one', () => {
  expect(pushTiming('message', awake, now)).toEqual({ isHeld: false, afterMs: 0 });
  expect(pushTiming('message', { ...awake, isActive: true }, now)).toEqual({ isHeld: false, afterMs: 15_000 });
});

test('quiet hours and do-not-disturb hold back all but security notices and tests', () => {
  const asleep = { ...awake, preferences: { quietHours: { ...off, on: true } } };
  expect(pushTiming('mention', asleep, now)).toEqual({ isHeld: true, reason: 'quiet_hours' });
  expect(pushTiming('mention', { ...awake, isDnd: true }, now)).toEqual({ isHeld: true, reason: 'dnd' });
  for (const cause of ['security', 'test'] as const)
    expect(pushTiming(cause, { ...asleep, isDnd: true, isActive: true }, now)).toEqual({ isHeld: false, afterMs: 0 });
});

test('tries back off, wait as long as the service asks, and end with the life of the message', () => {
  const expiresAt = now + 86_400_000;
  expect(retryAt(now, { attempts: 0, retryAfterMs: null, expiresAt })).toBe(now + 5_000);
  expect(retryAt(now, { attempts: 3, retryAfterMs: null, expiresAt })).toBe(now + 40_000);
  expect(retryAt(now, { attempts: 50, retryAfterMs: null, expiresAt })).toBe(now + 1_800_000);
  expect(retryAt(now, { attempts: 0, retryAfterMs: 60_000, expiresAt })).toBe(now + 60_000);
  expect(retryAt(now, { attempts: 0, retryAfterMs: 86_400_000, expiresAt })).toBeNull();
});
