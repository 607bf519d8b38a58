import type { readActivity } from '../../../contracts/presence/statuses.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { PresenceParts } from '../parts.ts';

export async function handleReadActivity(
  { people }: Pick<PresenceParts, 'people'>,
  { userIds }: Input<typeof readActivity>,
): Promise<Output<typeof readActivity>> {
  return { items: await people.activity(userIds) };
}
