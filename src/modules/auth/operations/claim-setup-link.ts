import { claimSetupLink } from '../../../contracts/auth/team.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { type AuthParts, setUpUrl } from '../parts.ts';

export const implementClaimSetupLink = ({ setUpToken, config }: AuthParts) =>
  implement(claimSetupLink, async () => {
    const token = await setUpToken.read();
    const isOurs = token !== null && (await setUpToken.claimShowing());
    return { url: isOurs ? setUpUrl(config.publicUrl, token) : null };
  });
