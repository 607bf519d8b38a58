import type { SettingsOf, TeamSettings } from '../contracts/define.ts';

/** Live settings: read without waiting, changed by an admin, equal on all nodes within a second. */
export interface LiveSettings {
  /** What holds now of these settings. */
  of<T extends TeamSettings>(declared: T): SettingsOf<T>;
  /** Stores and publishes the change; resolves with what holds from now on. Refuses a value that the declaration does not take. */
  update<T extends TeamSettings>(declared: T, change: Partial<SettingsOf<T>>): Promise<SettingsOf<T>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
