import { z } from 'zod';
import { type SettingsOf, teamSettings } from '../define.ts';
import { EmailDomain, RegistrationMode } from './registration.ts';
import { TeamName } from './team.ts';

export const authSettings = teamSettings(
  z.strictObject({
    teamName: TeamName,
    registration: RegistrationMode,
    /** For the registration mode `domain`, which is off until addresses can be confirmed. */
    emailDomains: z.array(EmailDomain).max(100),
    /** Who may make invites. */
    invitesBy: z.enum(['everyone', 'admins']),
  }),
  { teamName: 'Confab', registration: 'invite', emailDomains: [], invitesBy: 'everyone' },
);
export type AuthSettings = SettingsOf<typeof authSettings>;
