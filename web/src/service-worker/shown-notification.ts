import type { Push } from './push.ts';
import { workerTexts } from './worker-texts.ts';

/** What the worker knows of a notification once it is pressed, or to be closed. */
export interface ShownData {
  readonly eventId: string;
  readonly path: string;
  readonly conversationId: string | null;
  readonly seq: number | null;
  readonly language: 'en' | 'ru';
  /** Whose it is; null: it is not known, and nothing is done in anybody's name. */
  readonly ownerId: string | null;
}

/** Members that only some systems know stand in no common type. */
export interface ShownOptions extends NotificationOptions {
  readonly actions?: readonly { readonly action: string; readonly title: string; readonly type?: 'text'; readonly placeholder?: string }[];
  readonly data: ShownData;
}

export function shownOf(push: Push, ownerId: string | null): { title: string; options: ShownOptions } {
  const { eventId, path, conversationId, seq, language, icon } = push;
  const options: ShownOptions = {
    body: push.body,
    tag: eventId,
    lang: language,
    dir: 'auto',
    icon: icon ?? '/icon-192.png',
    badge: '/badge.png',
    data: { eventId, path, conversationId, seq, language, ownerId },
    ...(ownerId !== null && conversationId !== null && seq !== null ? { actions: actionsIn(language) } : {}),
  };
  return { title: push.title, options };
}

/** For what cannot be read: a push that shows nothing costs the subscription. */
export function unreadable(language: 'en' | 'ru'): { title: string; options: ShownOptions } {
  const t = workerTexts(language);
  const data = { eventId: 'unknown', path: '/', conversationId: null, seq: null, language, ownerId: null };
  return { title: t.unknown, options: { body: t.unknownText, tag: 'unknown', icon: '/icon-192.png', badge: '/badge.png', data } };
}

function actionsIn(language: 'en' | 'ru'): NonNullable<ShownOptions['actions']> {
  const t = workerTexts(language);
  return [
    { action: 'reply', title: t.reply, type: 'text', placeholder: t.replyHint },
    { action: 'read', title: t.markRead },
  ];
}

/** Null: it is none of ours. */
export function dataOf(notification: Pick<Notification, 'data'>): ShownData | null {
  const data = notification.data as Partial<ShownData> | null | undefined;
  return typeof data?.eventId === 'string' && typeof data.path === 'string' ? (data as ShownData) : null;
}
