import type { OwnSettings } from '../../contracts/auth/own-settings.ts';
import type { Input, Output } from '../../contracts/define.ts';
import type { changePreferences, getPreferences, NotificationPreferences } from '../../contracts/notifications/preferences.ts';
import type { ConversationRule } from '../../contracts/notifications/rules.ts';
import type { listFailures } from '../../contracts/notifications/failures.ts';
import type { HeldReason, Trace, TraceSummary } from '../../contracts/notifications/traces.ts';
import type { PushSubscription } from '../../contracts/notifications/subscriptions.ts';
import type { FailureFilter } from './admin-ports.ts';
import { pushServiceOf } from './domain/push-service.ts';
import type { StoredDelivery, StoredSubscription, StoredTrace, TraceRow } from './store-ports.ts';
import { staleAfterMs } from './domain/timing.ts';
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

/** Without what could be used to send to it. */
export function presentSubscription(
  { id, kind, target, device, sessionId, createdAt, confirmedAt, lastAcceptedAt, lastShownAt, lastError }: StoredSubscription,
  asked: { readonly sessionId: string; readonly now: number },
): PushSubscription {
  const isStale = asked.now - Date.parse(confirmedAt) > staleAfterMs;
  return {
    id,
    kind,
    service: target.kind === 'fcm' ? 'FCM' : pushServiceOf(target.endpoint),
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

/** `kept`: the rule that is kept of it; `derived`: what follows from the person alone, and is not kept. */
export function presentTrace(
  { event, entry, deliveries }: StoredTrace,
  { eventId, userId }: Pick<Trace, 'eventId' | 'userId'>,
  { kept, derived }: { readonly kept: HeldReason | null; readonly derived: HeldReason | null },
): Trace {
  const isDerived = entry === null && kept === null && event !== null && derived !== null;
  const nothing = event === null && derived !== 'own' ? 'not_recorded' : derived;
  return {
    eventId,
    userId,
    notified: entry !== null,
    cause: entry?.cause ?? null,
    reason: entry === null ? (kept ?? nothing ?? 'not_recorded') : (kept ?? (deliveries.length === 0 ? 'no_device' : null)),
    byDefault: isDerived && derived.startsWith('level_'),
    decidedAt: event?.decidedAt ?? null,
    readAt: entry?.readAt ?? null,
    deliveries: deliveries.map(({ channel, device, state, dueAt, steps }) => ({ channel, device, state, dueAt, steps: [...steps] })),
  };
}

/** `deliveries`: of this row and of others. */
export function presentTraceRow(
  { eventId, kind, conversationId, createdAt, decidedAt, cause, readAt }: TraceRow,
  {
    userId,
    deliveries,
    kept,
  }: { readonly userId: string; readonly deliveries: readonly StoredDelivery[]; readonly kept: HeldReason | null },
): TraceSummary {
  const own = deliveries.filter((delivery) => delivery.eventId === eventId);
  return {
    eventId,
    userId,
    kind,
    conversationId,
    notified: cause !== null,
    cause,
    reason: kept ?? (cause === null ? 'not_recorded' : own.length === 0 ? 'no_device' : null),
    createdAt,
    decidedAt,
    readAt,
    deliveries: own.map(({ channel, device, state, detail, changedAt }) => ({ channel, device, state, detail, changedAt })),
  };
}

/** Left out: any. */
export const failureFilterOf = ({
  channel,
  outcome,
  userId,
}: Pick<Input<typeof listFailures>, 'channel' | 'outcome' | 'userId'>): FailureFilter => ({
  channel: channel ?? null,
  outcome: outcome ?? null,
  userId: userId ?? null,
});
