import { z } from 'zod';
import { EmailDomain, RegistrationMode } from '../auth/registration.ts';
import { TeamName } from '../auth/team.ts';
import { event, operation } from '../define.ts';
import { Nothing } from '../primitives.ts';

/** Settings an admin changes while the server runs; each takes effect at once on every node. */
export const Settings = z
  .strictObject({
    teamName: TeamName,
    registration: RegistrationMode,
    /** For the registration mode `domain`, which is off until addresses can be confirmed. */
    emailDomains: z.array(EmailDomain).max(100),
    /** Who may make invites. */
    invitesBy: z.enum(['everyone', 'admins']),
    /** How long a sender may edit a message, seconds; null: for ever. */
    editWindow: z.int().min(0).nullable(),
    /** Members see how far others have read. */
    readReceipts: z.boolean(),
    /** How many times the usual budgets one network may spend: for many people behind one address. */
    networkScale: z.int().min(1).max(20),
    /** Conversations that one person may open in an hour; people may be added to conversations twice as often. */
    openingsPerHour: z.int().min(5).max(1000),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  teamName: 'Confab',
  registration: 'invite',
  emailDomains: [],
  invitesBy: 'everyone',
  editWindow: null,
  readReceipts: true,
  networkScale: 1,
  openingsPerHour: 30,
};

export const settingsChanged = event({
  name: 'admin.settingsChanged',
  summary: 'An admin changed live settings',
  delivery: 'fact',
  payload: z.strictObject({ settings: Settings }),
});

export const getSettings = operation({
  name: 'admin.getSettings',
  summary: 'Live settings',
  access: 'admin',
  input: Nothing,
  output: Settings,
  http: { method: 'GET', path: '/admin/settings' },
});

export const updateSettings = operation({
  name: 'admin.updateSettings',
  summary: 'Change live settings; those not named stay',
  access: 'admin',
  input: Settings.partial(),
  output: Settings,
  http: { method: 'PATCH', path: '/admin/settings' },
});
