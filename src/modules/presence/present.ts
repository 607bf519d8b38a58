import type { Presence } from '../../contracts/presence/statuses.ts';
import type { StatusRecord } from './ports.ts';

/**
 * What others see of a person: `offline` while they are on no device or invisible, else what they chose. How long somebody stays invisible
 * is not shown, and the text is the one from before.
 */
export function presentPresence(userId: string, record: StatusRecord | undefined, isOnline: boolean): Presence {
  const chosen = record?.chosen ?? 'online';
  return {
    userId,
    status: !isOnline || chosen === 'invisible' ? 'offline' : chosen,
    lastSeenAt: record?.lastSeenAt ?? null,
    text: record?.text ?? null,
    until: chosen === 'invisible' ? null : (record?.until ?? null),
  };
}

/** Whether a watcher sees no difference. `lastSeenAt` is left out: it is sent with other changes. */
export const looksAlike = (one: Presence, other: Presence): boolean =>
  one.status === other.status && one.text === other.text && one.until === other.until;
