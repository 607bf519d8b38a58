import type { Message } from '../../../contracts/chat/messages.ts';

/**
 * The window of `limit` messages about a place, filled up from the other side where one side ends. `older` holds
 * up to `limit + 1` messages before it, `newer` as many from it on. `hasMore`: something lies outside, on either side.
 */
export function windowAround(older: readonly Message[], newer: readonly Message[], limit: number): { items: Message[]; hasMore: boolean } {
  const half = Math.floor(limit / 2);
  const fromOlder = Math.min(older.length, Math.max(half, limit - newer.length));
  const items = [...older.slice(older.length - fromOlder), ...newer.slice(0, limit - fromOlder)];
  return { items, hasMore: older.length > fromOlder || newer.length > limit - fromOlder };
}
