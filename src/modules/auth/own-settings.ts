import type { OwnSettings } from '../../contracts/auth/own-settings.ts';
import { type UserSettings, userSettings } from '../../contracts/user-setting-values.ts';
import type { StoredUserSettings } from './ports.ts';

/** The default stands for what is not stored, and for a value that another version stored and this one does not take. */
export function ownSettings({ rev, values }: StoredUserSettings): OwnSettings {
  const entries = userSettings.map(({ key, schema, default: fallback }) => {
    const stored = Object.hasOwn(values, key) ? schema.safeParse(values[key]) : null;
    return [key, stored?.success ? stored.data : fallback] as const;
  });
  return { rev, settings: Object.fromEntries(entries) as UserSettings };
}
