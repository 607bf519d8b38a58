import type { Input, Output } from '../../../contracts/define.ts';
import type { rotateKeys } from '../../../contracts/auth/keys.ts';
import type { AuthParts } from '../parts.ts';

export async function handleRotateKeys({ signer }: AuthParts, { now }: Input<typeof rotateKeys>): Promise<Output<typeof rotateKeys>> {
  const { kid, signsFrom } = await signer.replace({ now });
  return { kid, signsFrom: signsFrom.toISOString() };
}
