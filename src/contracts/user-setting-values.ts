import type { z } from 'zod';
import type { UserSetting } from './define.ts';
import * as areas from './user-settings.ts';

type Areas = typeof areas;
type Declared = { readonly [A in keyof Areas]: Areas[A][keyof Areas[A]] }[keyof Areas];

/** The schema of each setting, by its key. */
export type UserSettingSchemas = { readonly [S in Declared as S['key']]: S['schema'] };

/** Every setting of one person by its key. */
export type UserSettings = { readonly [K in keyof UserSettingSchemas]: z.output<UserSettingSchemas[K]> };

/** Every setting that an area declares. */
export const userSettings: readonly UserSetting[] = Object.values(areas).flatMap((area) => Object.values<UserSetting>(area));

/** The settings of a person who chose nothing. */
export const defaultUserSettings = Object.fromEntries(userSettings.map((setting) => [setting.key, setting.default])) as UserSettings;

/** The settings of a person by what is stored of them: the default stands for what is not, and for a value that another version stored and this one does not take. */
export function userSettingsFrom(stored: Readonly<Record<string, unknown>>): UserSettings {
  const valid = userSettings.flatMap(({ key, schema }) => {
    const parsed = Object.hasOwn(stored, key) ? schema.safeParse(stored[key]) : null;
    return parsed?.success ? [[key, parsed.data] as const] : [];
  });
  return { ...defaultUserSettings, ...Object.fromEntries(valid) };
}
