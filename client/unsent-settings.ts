import type { UserSettingsChange } from './client.ts';

/** Changes of settings that the server has not answered yet, kept per person beyond the end of the page. */
export interface UnsentSettings {
  read(userId: string): UserSettingsChange;
  write(userId: string, change: UserSettingsChange): void;
}

/** A program that ends has given its changes up. */
export const noUnsentSettings: UnsentSettings = { read: () => ({}), write: () => undefined };

/** In the storage of a browser. Where that is refused or full, changes last as long as the page. */
export function unsentSettingsIn(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): UnsentSettings {
  const keyOf = (userId: string): string => `confab.unsent-settings.${userId}`;
  return {
    read(userId) {
      try {
        const kept: unknown = JSON.parse(storage().getItem(keyOf(userId)) ?? '{}');
        // What another version wrote is checked by the server, key by key.
        return typeof kept === 'object' && kept !== null ? (kept as UserSettingsChange) : {};
      } catch {
        return {};
      }
    },
    write(userId, change) {
      try {
        if (Object.keys(change).length === 0) storage().removeItem(keyOf(userId));
        else storage().setItem(keyOf(userId), JSON.stringify(change));
      } catch {
        // Kept by the page alone.
      }
    },
  };
}
