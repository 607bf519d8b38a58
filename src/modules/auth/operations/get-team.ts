import { authSettings } from '../../../contracts/auth/team-settings.ts';
import type { Output } from '../../../contracts/define.ts';
import type { getTeam } from '../../../contracts/auth/team.ts';
import type { AuthParts } from '../parts.ts';
import { effectiveRegistration } from '../policy.ts';

export async function handleGetTeam({ settings, setUpToken, config }: AuthParts): Promise<Output<typeof getTeam>> {
  const { teamName, registration } = settings.of(authSettings);
  return { name: teamName, setUp: await setUpToken.isDone(), registration: effectiveRegistration(registration), version: config.version };
}
