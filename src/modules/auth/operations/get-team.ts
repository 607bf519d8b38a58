import { getTeam } from '../../../contracts/auth/team.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';
import { effectiveRegistration } from '../policy.ts';

export const implementGetTeam = ({ settings, setUpToken, config }: AuthParts) =>
  implement(getTeam, async () => {
    const { teamName, registration } = settings.current();
    return { name: teamName, setUp: await setUpToken.isDone(), registration: effectiveRegistration(registration), version: config.version };
  });
