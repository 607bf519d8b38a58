import type { OwnSettings } from '../../contracts/auth/own-settings.ts';
import type { Input, Output } from '../../contracts/define.ts';
import type { changePreferences, getPreferences, NotificationPreferences } from '../../contracts/notifications/preferences.ts';
import type { ConversationRule } from '../../contracts/notifications/rules.ts';
import type { PushSubscription } from '../../contracts/notifications/subscriptions.ts';
import type { StoredSubscription } from './store-ports.ts';
import type { UserSettings } from '../../contracts/user-setting-values.ts';

/** A person's settings of this area, by what stands behind the dot of their keys. */
export const preferencesOf = (settings: UserSettings): NotificationPreferences => ({
  channels: settings['notifications.channels'],
  groups: settings['notifications.groups'],
  direct: settings['notifications.direct'],
  threads: settings['notifications.threads'],
  keywords: settings['notifications.keywords'],
  quietHours: settings['notifications.quietHours'],
  showsText: settings['notifications.showsText'],
  mail: settings['notifications.mail'],
  sound: settings['notifications.sound'],
  desktop: settings['notifications.desktop'],
});

/** The other way round, of those that are named. */
export const settingsOf = (
  preferences: Input<typeof changePreferences>['preferences'],
): Partial<{ [K in keyof UserSettings]: UserSettings[K] | null }> =>
  Object.fromEntries(Object.entries(preferences).map(([name, value]) => [`notifications.${name}`, value]));

export const presentPreferences = (
  { rev, settings }: OwnSettings,
  conversations: readonly ConversationRule[],
): Output<typeof getPreferences> => ({ rev, preferences: preferencesOf(settings), conversations: [...conversations] });

const staleAfterMs = 14 * 24 * 3_600_000;

/** Without what could be used to send to it. */
export function presentSubscription(
  { id, kind, target, device, sessionId, createdAt, confirmedAt, lastAcceptedAt, lastShownAt, lastError }: StoredSubscription,
  asked: { readonly sessionId: string; readonly now: number },
): PushSubscription {
  const isStale = asked.now - Date.parse(confirmedAt) > staleAfterMs;
  return {
    id,
    kind,
    service: target.kind === 'fcm' ? 'FCM' : new URL(target.endpoint).host,
    device,
    current: sessionId === asked.sessionId,
    createdAt,
    confirmedAt,
    lastAcceptedAt,
    lastShownAt,
    state: isStale ? 'stale' : lastError === null ? 'active' : 'failing',
    lastError,
  };
}
