import type { Cause } from '../../../contracts/notifications/notifications.ts';
import type { NotifyLevel } from '../../../contracts/notifications/rules.ts';
import { hasKeyword } from './keywords.ts';
import type { KnownMessage, KnownPerson } from './occurrence.ts';

/** The rule that held a notification back. */
export type Held =
  'own' | 'account_closed' | 'no_member' | 'message_deleted' | 'read' | 'muted' | 'muted_until' | 'level_nothing' | 'level_mentions';

export type Verdict =
  | { readonly isNotified: true; readonly cause: Cause }
  /** `isDefault`: it follows from the person's default alone. */
  | { readonly isNotified: false; readonly reason: Held; readonly isDefault: boolean };

/** Whether a message notifies a person, and why, by what is so at `now` (Unix milliseconds). Of several causes the strongest is named. */
export function verdictOf(message: KnownMessage, person: KnownPerson, now: number): Verdict {
  const { account, member, rule } = person;
  if (person.userId === message.senderId) return held('own');
  if (account === null) return held('account_closed');
  if (member === null) return held('no_member');
  if (message.isDeleted) return held('message_deleted');
  if (member.lastReadSeq >= message.seq) return held('read');
  if (member.muted) return held('muted');
  if (rule?.mutedUntil && Date.parse(rule.mutedUntil) > now) return held('muted_until');
  const level = rule?.level ?? defaultOf(message.kind, account.preferences);
  const isDefault = !rule?.level;
  if (level === 'nothing') return { isNotified: false, reason: 'level_nothing', isDefault };
  const cause = causeOf(message, person.userId, account.preferences);
  if (level === 'mentions' && cause === null) return { isNotified: false, reason: 'level_mentions', isDefault };
  return { isNotified: true, cause: cause ?? (message.kind === 'direct' ? 'direct' : 'message') };
}

type Preferences = NonNullable<KnownPerson['account']>['preferences'];

const held = (reason: Held): Verdict => ({ isNotified: false, reason, isDefault: false });

export function defaultOf(kind: KnownMessage['kind'], { channels, groups, direct }: Preferences): NotifyLevel {
  return kind === 'channel' ? channels : kind === 'group' ? groups : direct;
}

/** What makes a message more than one of many for this person. */
function causeOf(message: KnownMessage, userId: string, { threads, keywords }: Preferences): Cause | null {
  if (message.mentions.has(userId)) return 'mention';
  if (message.repliesTo === userId) return 'reply';
  if (threads && message.followers.has(userId)) return 'thread';
  return keywords.length > 0 && hasKeyword(message.text, keywords) ? 'keyword' : null;
}
