import type { NotificationPressed, WindowOfOurs, WorkerScope } from './scope.ts';
import { dataOf, type ShownData } from './shown-notification.ts';
import { workerTexts } from './worker-texts.ts';

export interface PressParts {
  readonly scope: Pick<WorkerScope, 'registration' | 'clients'>;
  readonly account: {
    markRead(owner: string, at: { conversationId: string; seq: number }): Promise<void>;
    /** `kept`: it waits in the outbox of the page. */
    reply(owner: string, to: { conversationId: string; text: string }): Promise<'sent' | 'kept' | 'refused'>;
  };
  /** How long an open page has to answer, ms. */
  readonly answerWithinMs: number;
}

/** A press goes to the message; a button does what it says in the name of whom the notification is for, and of nobody else. */
export async function onPress(event: NotificationPressed, parts: PressParts): Promise<void> {
  const { notification, action, reply } = event;
  notification.close();
  const data = dataOf(notification);
  if (action === 'read' && data) return markRead(data, parts);
  if (action === 'reply' && data && reply) return answer(data, reply, parts);
  await goTo(data?.path ?? '/', parts);
}

async function markRead(data: ShownData, { account, scope }: PressParts): Promise<void> {
  const { ownerId, conversationId, seq, language } = data;
  if (ownerId === null || conversationId === null || seq === null) return;
  try {
    await account.markRead(ownerId, { conversationId, seq });
  } catch {
    await say(scope, { data, title: workerTexts(language).notMarked, body: '' });
  }
}

async function answer(data: ShownData, text: string, { account, scope }: PressParts): Promise<void> {
  const { ownerId, conversationId, language } = data;
  const t = workerTexts(language);
  const outcome = ownerId === null || conversationId === null ? 'refused' : await account.reply(ownerId, { conversationId, text });
  if (outcome === 'kept') await say(scope, { data, title: t.willBeSent, body: t.willBeSentText.replace('{text}', () => text) });
  if (outcome === 'refused') await say(scope, { data, title: t.notSent, body: text });
}

/** In the place of the notification that was pressed; it leads to the same message, and has no buttons. */
async function say(
  { registration }: PressParts['scope'],
  { data, title, body }: { data: ShownData; title: string; body: string },
): Promise<void> {
  const options = { body, tag: data.eventId, lang: data.language, icon: '/icon-192.png', badge: '/badge.png', data };
  await registration.showNotification(title, options);
}

/** An open page goes there by itself; one that does not answer is loaded anew, and without any a window opens. */
async function goTo(path: string, { scope: { clients }, answerWithinMs }: PressParts): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [window] = [...windows].sort((one, other) => nearness(other) - nearness(one));
  if (!window) {
    await clients.openWindow(path);
    return;
  }
  // Some browsers focus only as long as the press is fresh.
  await window.focus().catch(() => undefined);
  if (await answers(window, { path, withinMs: answerWithinMs })) return;
  await window.navigate(path).catch(() => clients.openWindow(path));
}

const nearness = ({ focused, visibilityState }: WindowOfOurs): number => (focused ? 2 : 0) + (visibilityState === 'visible' ? 1 : 0);

function answers(window: WindowOfOurs, { path, withinMs }: { path: string; withinMs: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const done = (has: boolean): void => {
      clearTimeout(timer);
      port1.close();
      resolve(has);
    };
    const timer = setTimeout(() => done(false), withinMs);
    port1.onmessage = () => done(true);
    window.postMessage({ kind: 'confab-go', path }, [port2]);
  });
}
