import type { Push } from './push.ts';
import { readPush } from './push.ts';
import type { PushReceived, WorkerScope } from './scope.ts';
import { dataOf, shownOf, unreadable, type ShownOptions } from './shown-notification.ts';

export interface PushParts {
  readonly scope: Pick<WorkerScope, 'registration' | 'navigator' | 'location'>;
  /** Whose pushes this browser asked for. */
  readonly ownerId: () => Promise<string | null>;
  readonly confirmShown: (receipt: string) => Promise<void>;
  /** Of the browser. */
  readonly language: 'en' | 'ru';
}

/** Every push shows something, whatever is in it: a browser takes the subscription away after some that do not. */
export async function onPush(event: PushReceived, parts: PushParts): Promise<void> {
  const { scope } = parts;
  const push = readPush(payloadOf(event), scope.location.origin);
  if (!push) return show(scope, unreadable(parts.language));
  await closeRead(scope, push).catch(() => undefined);
  await show(scope, shownOf(push, await parts.ownerId().catch(() => null)));
  await Promise.allSettled([setBadge(scope, push.badge), push.receipt === null ? undefined : parts.confirmShown(push.receipt)]);
}

function payloadOf({ data, notification }: PushReceived): unknown {
  try {
    return data?.json() ?? { notification };
  } catch {
    return null;
  }
}

/** A system that refuses one of the options shows the rest. */
async function show({ registration }: PushParts['scope'], { title, options }: { title: string; options: ShownOptions }): Promise<void> {
  try {
    await registration.showNotification(title, options);
  } catch {
    const { body = '', tag = '', data } = options;
    await registration.showNotification(title, { body, tag, data });
  }
}

/** What the person has read elsewhere stands no longer on this device. */
async function closeRead({ registration }: PushParts['scope'], { readUpTo }: Push): Promise<void> {
  for (const notification of await registration.getNotifications()) {
    const data = dataOf(notification);
    if (data?.conversationId && data.seq !== null && data.seq <= (readUpTo[data.conversationId] ?? 0)) notification.close();
  }
}

async function setBadge({ navigator }: PushParts['scope'], count: number | null): Promise<void> {
  if (count === null) return;
  await (count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count));
}
