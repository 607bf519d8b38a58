import type { Cause } from '../../../contracts/notifications/notifications.ts';
import type { NotificationPreferences } from '../../../contracts/notifications/preferences.ts';
import { quietUntil } from './quiet-hours.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long devices wait while the person is active on another one. */
export const heldWhileActiveMs = 15 * second;
/** How long a message waits unread until a mail says so. */
export const mailAfterMs = 15 * minute;
/** A person gets a mail about missed messages at most this often. */
export const mailEveryMs = hour;

/** A page confirms its subscription at every start: one that did not for so long may be gone without a word. */
export const staleAfterMs = 14 * day;

/** How long a push service keeps it, and how long it is tried. */
export const ttlOf = (cause: Cause): number => (cause === 'mention' || cause === 'security' ? 3 * day : day);

export const urgencyOf = (cause: Cause): 'high' | 'normal' =>
  cause === 'direct' || cause === 'mention' || cause === 'call' || cause === 'security' || cause === 'test' ? 'high' : 'normal';

/** What the person chose, and whether they are active. */
export interface Circumstances {
  readonly preferences: Pick<NotificationPreferences, 'quietHours'>;
  readonly isActive: boolean;
  readonly isDnd: boolean;
}

export type PushTiming =
  { readonly isHeld: true; readonly reason: 'dnd' | 'quiet_hours' } | { readonly isHeld: false; readonly afterMs: number };

/** Whether devices are to be notified, and after what time. Security notices and tests wait for nothing. */
export function pushTiming(cause: Cause, { preferences, isActive, isDnd }: Circumstances, now: number): PushTiming {
  if (cause === 'security' || cause === 'test') return { isHeld: false, afterMs: 0 };
  if (isDnd) return { isHeld: true, reason: 'dnd' };
  if (quietUntil(preferences.quietHours, now) !== null) return { isHeld: true, reason: 'quiet_hours' };
  return { isHeld: false, afterMs: isActive ? heldWhileActiveMs : 0 };
}

const backOffFromMs = 5 * second;
const backOffAtMostMs = 30 * minute;

/** When to try again what failed so many times before; null: it is given up. */
export function retryAt(
  now: number,
  { attempts, retryAfterMs, expiresAt }: { attempts: number; retryAfterMs: number | null; expiresAt: number },
): number | null {
  const waitMs = Math.max(retryAfterMs ?? 0, Math.min(backOffFromMs * 2 ** Math.min(attempts, 20), backOffAtMostMs));
  return now + waitMs >= expiresAt ? null : now + waitMs;
}
