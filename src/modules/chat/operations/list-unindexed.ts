import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/search.ts';
import type { ChatParts } from '../parts.ts';

export async function handleListUnindexed(
  { index }: ChatParts,
  { limit }: Input<typeof contract.listUnindexed>,
): Promise<Output<typeof contract.listUnindexed>> {
  const [{ items, count }, toReindex] = await Promise.all([index.passed(limit), index.toReindex()]);
  return { items: [...items], count, toReindex };
}
