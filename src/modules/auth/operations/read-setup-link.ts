import { readSetupLink } from '../../../contracts/auth/team.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { type AuthParts, setUpUrl } from '../parts.ts';

export const implementReadSetupLink = ({ setUpToken, config }: AuthParts) =>
  implement(readSetupLink, async () => {
    const token = await setUpToken.read();
    return { token, url: token === null ? null : setUpUrl(config.publicUrl, token) };
  });
