import { folded } from '../../../../src/text/folded.ts';
import type { Conversation } from '../../shared/model.ts';

export interface ConversationSections {
  readonly channels: readonly Conversation[];
  readonly messages: readonly Conversation[];
}

/** The two parts of the sidebar, most recent first in each; `words` filters by title. */
export function sectionsOf(
  conversations: readonly Conversation[],
  words: string,
  title: (conversation: Conversation) => string,
): ConversationSections {
  const wanted = folded(words).trim();
  const shown = wanted === '' ? conversations : conversations.filter((conversation) => folded(title(conversation)).includes(wanted));
  return {
    channels: shown.filter(({ kind }) => kind === 'channel'),
    messages: shown.filter(({ kind }) => kind !== 'channel'),
  };
}

/** The conversation `step` places after the open one in the order of the sidebar, round the end; only unread ones if asked. */
export function neighbourOf(
  conversations: readonly Conversation[],
  openId: string | null,
  step: 1 | -1,
  which: 'any' | 'unread',
): Conversation | undefined {
  const { channels, messages } = sectionsOf(conversations, '', () => '');
  const order = [...channels, ...messages];
  const start = order.findIndex(({ id }) => id === openId);
  for (let away = 1; away <= order.length; away++) {
    const from = start === -1 && step === 1 ? -1 : Math.max(start, 0);
    const candidate = order[(from + step * away + order.length * 2) % order.length];
    if (candidate && candidate.id !== openId && (which === 'any' || (candidate.unread > 0 && !candidate.muted))) return candidate;
  }
  return undefined;
}

/** What the page's title and badge count: messages of conversations that are not muted, and mentions anywhere. */
export const attentionCount = (conversations: readonly Conversation[]): number =>
  conversations.reduce((sum, { unread, mentions, muted }) => sum + (muted ? mentions : unread), 0);
