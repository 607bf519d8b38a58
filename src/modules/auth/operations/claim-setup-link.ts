import type { Output } from '../../../contracts/define.ts';
import type { claimSetupLink } from '../../../contracts/auth/team.ts';
import { type AuthParts, setUpUrl } from '../parts.ts';

export async function handleClaimSetupLink({ setUpToken, config }: AuthParts): Promise<Output<typeof claimSetupLink>> {
  const token = await setUpToken.read();
  const isOurs = token !== null && (await setUpToken.claimShowing());
  return { url: isOurs ? setUpUrl(config.publicUrl, token) : null };
}
