import type { Conversation, ConversationRule } from '../../shared/model.ts';

const silent = new WeakMap<Conversation, Conversation>();

/** The conversation as muted while it is so for a time, or notifies of nothing: the same object each time, so that its row is not drawn again. */
export function withRule(conversation: Conversation, rule: ConversationRule | undefined, now: Date): Conversation {
  if (conversation.muted || !isHeldBack(rule, now)) return conversation;
  const known = silent.get(conversation) ?? { ...conversation, muted: true };
  silent.set(conversation, known);
  return known;
}

export const isHeldBack = (rule: ConversationRule | undefined, now: Date): boolean =>
  rule !== undefined && (rule.level === 'nothing' || isMutedAt(rule, now));

export const isMutedAt = ({ mutedUntil }: ConversationRule, now: Date): boolean => mutedUntil !== null && new Date(mutedUntil) > now;

/** Those that are held back now, as one text: it changes when one of them does. */
export const heldBackIds = (rules: ReadonlyMap<string, ConversationRule>, now: Date): string =>
  [...rules.values()]
    .filter((rule) => isHeldBack(rule, now))
    .map(({ conversationId }) => conversationId)
    .join();

export type MuteTime = 'hour' | 'workday' | 'tomorrow';

const hourMs = 3_600_000;
const morning = 8;

/** `tomorrow`: eight in the morning by the reader's clock. */
export function muteUntil(time: MuteTime, now: Date): string {
  if (time !== 'tomorrow') return new Date(now.getTime() + (time === 'hour' ? 1 : 8) * hourMs).toISOString();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning).toISOString();
}
