import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/members.ts';
import type { ChatParts } from '../parts.ts';

export async function handleListAudiences(
  { members }: ChatParts,
  { userIds }: Input<typeof contract.listAudiences>,
): Promise<Output<typeof contract.listAudiences>> {
  const found = await Promise.all(userIds.map((userId) => members.conversationsOf(userId)));
  return { audiences: Object.fromEntries(userIds.map((userId, index) => [userId, [...(found[index] ?? [])]])) };
}
