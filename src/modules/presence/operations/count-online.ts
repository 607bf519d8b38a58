import type { Output } from '../../../contracts/define.ts';
import type { countOnline } from '../../../contracts/presence/statuses.ts';
import type { PresenceParts } from '../parts.ts';

export async function handleCountOnline({ people }: PresenceParts): Promise<Output<typeof countOnline>> {
  return { online: await people.count() };
}
