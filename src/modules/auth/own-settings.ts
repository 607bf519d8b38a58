import type { OwnSettings } from '../../contracts/auth/own-settings.ts';
import { userSettingsFrom } from '../../contracts/user-setting-values.ts';
import type { StoredUserSettings } from './ports.ts';

export const ownSettings = ({ rev, values }: StoredUserSettings): OwnSettings => ({ rev, settings: userSettingsFrom(values) });
