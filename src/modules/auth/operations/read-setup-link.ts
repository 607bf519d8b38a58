import type { Output } from '../../../contracts/define.ts';
import type { readSetupLink } from '../../../contracts/auth/team.ts';
import { type AuthParts, setUpUrl } from '../parts.ts';

export async function handleReadSetupLink({ setUpToken, config }: AuthParts): Promise<Output<typeof readSetupLink>> {
  const token = await setUpToken.read();
  return { token, url: token === null ? null : setUpUrl(config.publicUrl, token) };
}
