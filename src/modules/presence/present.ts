import type { Presence } from '../../contracts/presence/entities.ts';
import type { StatusRecord } from './ports.ts';

/** What others see of a person: nothing of a choice while they are away from every device or invisible. */
export function presentPresence(userId: string, record: StatusRecord | undefined, isOnline: boolean): Presence {
  const lastSeenAt = record?.lastSeenAt ?? null;
  const chosen = record?.chosen ?? 'online';
  if (!isOnline || chosen === 'invisible')
    return { userId, status: 'offline', lastSeenAt, text: record?.text ?? null, until: record?.until ?? null };
  return { userId, status: chosen, lastSeenAt, text: record?.text ?? null, until: record?.until ?? null };
}
