import { newcomers } from './domain/membership.ts';
import { membersJoined } from './events.ts';
import type { Membership, MembersChange, Person } from './ports.ts';

/** Brings those of these people in who are not yet; null when all are. `by` null: they come by themselves. */
export function joining(
  membership: Membership,
  people: readonly Person[],
  { joinedAt, by }: { readonly joinedAt: string; readonly by: string | null },
): MembersChange | null {
  const fresh = newcomers(membership, people);
  return fresh && { patch: fresh.map((person) => ({ ...person, joinedAt })), event: membersJoined(by) };
}
