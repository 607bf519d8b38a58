import type { Presence } from '../../contracts/presence/entities.ts';
import type { StatusRecord } from './ports.ts';

/** What others see of a person: `offline` while they are on no device or invisible, else what they chose. */
export function presentPresence(userId: string, record: StatusRecord | undefined, isOnline: boolean): Presence {
  const chosen = record?.chosen ?? 'online';
  return {
    userId,
    status: !isOnline || chosen === 'invisible' ? 'offline' : chosen,
    lastSeenAt: record?.lastSeenAt ?? null,
    text: record?.text ?? null,
    until: record?.until ?? null,
  };
}
