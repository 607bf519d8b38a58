import { userOf } from '../../app/me.ts';
import type { LocalApp } from '../../app/app-context.tsx';
import type { Conversation } from '../../shared/model.ts';
import { withRule } from '../notifications/muted-now.ts';
import { isWaiting, sectionIds, type ConversationSections } from './conversation-order.ts';
import { titleOf } from './conversation-title.ts';
import { openConversationId } from './open-conversation.ts';

/** The list as the sidebar shows it; `words` filters by title. */
export function sectionsOf(
  app: Pick<LocalApp, 'byName' | 'client' | 'clock' | 'list' | 'navigation' | 't'>,
  words = '',
): ConversationSections {
  const { byName, client, list, t } = app;
  const myId = userOf(client)?.id ?? '';
  return list.order.sections(asTheyNotify(app), {
    openId: openConversationId(app),
    words,
    title: (conversation) => titleOf(conversation, myId, { client, t }),
    byName,
  });
}

/** All of them; those that are held back for now are shown as muted. */
export function asTheyNotify({ client, clock }: Pick<LocalApp, 'client' | 'clock'>): readonly Conversation[] {
  const rules = client.notifications.rules.get();
  const { now } = clock.get();
  return client.conversations.get().map((one) => withRule(one, rules.get(one.id), now));
}

/** All conversations, from the top of the list to its end. */
export const inOrder = (sections: ConversationSections): readonly Conversation[] => sectionIds.flatMap((id) => sections[id]);

/** The conversation `step` places after the open one, round the end; only unread ones if asked. */
export function neighbourOf(
  order: readonly Conversation[],
  openId: string | null,
  step: 1 | -1,
  which: 'any' | 'unread',
): Conversation | undefined {
  const start = order.findIndex(({ id }) => id === openId);
  for (let away = 1; away <= order.length; away++) {
    const from = start === -1 && step === 1 ? -1 : Math.max(start, 0);
    const candidate = order[(from + step * away + order.length * 2) % order.length];
    if (candidate && candidate.id !== openId && (which === 'any' || isWaiting(candidate))) return candidate;
  }
  return undefined;
}

/** What the page's title and badge count: messages of conversations that are not muted, and mentions anywhere. */
export const attentionCount = (conversations: readonly Conversation[]): number =>
  conversations.reduce((sum, { unread, mentions, muted }) => sum + (muted ? mentions : unread), 0);
