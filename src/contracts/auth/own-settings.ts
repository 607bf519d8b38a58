import { z } from 'zod';
import { event, operation, type UserSetting } from '../define.ts';
import { Counter, Id, Nothing } from '../primitives.ts';
import { userSettings, type UserSettingSchemas } from '../user-setting-values.ts';

const schemas = Object.fromEntries(userSettings.map((setting) => [setting.key, described(setting)])) as UserSettingSchemas;

/** Every setting of a person by its key, defaults included. */
export const UserSettings = z.strictObject(schemas).meta({ id: 'UserSettings' });

/** `rev` rises with each change, so that of two answers the later one is known. */
export const OwnSettings = z.strictObject({ rev: Counter, settings: UserSettings }).meta({ id: 'OwnSettings' });
export type OwnSettings = z.infer<typeof OwnSettings>;

type ChangeSchemas = { readonly [K in keyof UserSettingSchemas]: z.ZodOptional<z.ZodNullable<UserSettingSchemas[K]>> };

const changes = Object.fromEntries(
  userSettings.map((setting) => [setting.key, described(setting).nullable().optional()]),
) as unknown as ChangeSchemas;

export const userSettingsChanged = event({
  name: 'auth.userSettingsChanged',
  summary: 'A person changed own settings',
  delivery: 'event',
  payload: z.strictObject({ userId: Id, rev: Counter, settings: UserSettings }),
  clients: [
    {
      name: 'settings:changed',
      schema: OwnSettings,
      audience: ({ userId }) => ({ user: userId }),
      present: ({ rev, settings }) => ({ rev, settings }),
    },
  ],
});

export const getUserSettings = operation({
  name: 'auth.getUserSettings',
  summary: 'The caller’s settings, the same on all devices',
  access: 'user',
  input: Nothing,
  output: OwnSettings,
  http: { method: 'GET', path: '/me/settings' },
});

export const changeUserSettings = operation({
  name: 'auth.changeUserSettings',
  summary: 'Change the caller’s settings; those not named stay, null returns to the default',
  access: 'user',
  input: z.strictObject(changes),
  output: OwnSettings,
  http: { method: 'PATCH', path: '/me/settings' },
});

function described({ schema, summary }: UserSetting): z.ZodType {
  return schema.describe(summary);
}
