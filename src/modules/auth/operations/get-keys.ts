import type { Output } from '../../../contracts/define.ts';
import type { getKeys } from '../../../contracts/auth/keys.ts';
import type { AuthParts } from '../parts.ts';

export async function handleGetKeys({ signer }: AuthParts): Promise<Output<typeof getKeys>> {
  return { keys: await signer.published() };
}
