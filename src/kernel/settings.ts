import type { Settings } from '../contracts/admin/settings.ts';

/** Live settings: read without waiting, changed by an admin, equal on all nodes within a second. */
export interface LiveSettings {
  current(): Settings;
  /** Stores and publishes `admin.settingsChanged`; resolves with what holds from now on. */
  update(change: Partial<Settings>): Promise<Settings>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
