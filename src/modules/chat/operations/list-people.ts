import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import type { ChatParts } from '../parts.ts';

export async function handleListPeople(
  { members }: ChatParts,
  { userIds, among }: Input<typeof contract.listPeople>,
): Promise<Output<typeof contract.listPeople>> {
  const found = await members.peopleOf(userIds, among);
  return { people: Object.fromEntries(userIds.map((userId) => [userId, [...new Set([userId, ...(found.get(userId) ?? [])])]])) };
}
