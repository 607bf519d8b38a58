import type { Reaction } from '../../../contracts/chat/reactions.ts';
import { AppError } from '../../../kernel/errors.ts';
import { canonicalEmoji } from '../../../text/emoji.ts';

export const emojiAtMost = 50;
/** In all: whoever catches up gets them with the message, and one message always has to fit into a frame. */
export const reactionsAtMost = 2_000;

/** One emoji or its name: nothing that breaks a line. */
export function requireEmoji(emoji: string): void {
  if (!/[\p{Cc}\p{Cs}\s]/u.test(emoji)) return;
  const message = 'must be one emoji or its name';
  throw new AppError('validation_failed', { detail: `emoji: ${message}`, errors: [{ path: 'emoji', message }] });
}

/** Those stored under different forms of one emoji as one. */
export function mergedReactions(reactions: readonly Reaction[]): Reaction[] {
  const people = new Map<string, string[]>();
  for (const { emoji, userIds } of reactions) {
    const form = canonicalEmoji(emoji);
    const before = people.get(form);
    people.set(form, before ? [...new Set([...before, ...userIds])] : [...userIds]);
  }
  return Array.from(people, ([emoji, userIds]) => ({ emoji, userIds }));
}

/** The reactions with one more; null when it stands already, `full` when the message takes no more. */
export function withReaction(reactions: readonly Reaction[], emoji: string, userId: string): Reaction[] | 'full' | null {
  const present = reactions.find((reaction) => reaction.emoji === emoji);
  if (present?.userIds.includes(userId)) return null;
  if (reactions.reduce((sum, { userIds }) => sum + userIds.length, 0) >= reactionsAtMost) return 'full';
  if (present) return reactions.map((one) => (one === present ? { emoji, userIds: [...one.userIds, userId] } : one));
  return reactions.length >= emojiAtMost ? 'full' : [...reactions, { emoji, userIds: [userId] }];
}

/** The reactions without this one; null when it does not stand. */
export function withoutReaction(reactions: readonly Reaction[], emoji: string, userId: string): Reaction[] | null {
  if (!reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId))) return null;
  return reactions
    .map((one) => (one.emoji === emoji ? { emoji, userIds: one.userIds.filter((id) => id !== userId) } : one))
    .filter(({ userIds }) => userIds.length > 0);
}
