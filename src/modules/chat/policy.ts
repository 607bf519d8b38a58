import type { ConversationKind, MemberRole, Visibility } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { Actor } from '../../kernel/context.ts';
import {
  type AuditedVerdict,
  forbid,
  forReading,
  isRefusal,
  isTeamAdmin,
  type Refusal,
  notVisible,
  type Verdict,
} from '../../kernel/policy.ts';

/** What one may do in a conversation beyond reading it. */
export type Right = 'write' | 'invite' | 'remove' | 'moderate' | 'configure' | 'administer';

/** Somebody and the conversation they act in; `role` is null for a stranger. */
export interface Standing {
  readonly actor: Pick<Actor, 'userId' | 'role'>;
  readonly kind: ConversationKind;
  readonly role: MemberRole | null;
}

/** The matrix. Team owners and admins have every right in the groups and channels they are in; direct conversations know `write` alone. Guests of the team have the rights of `guest`, whatever role a conversation gives them. */
export const rights: Readonly<Record<MemberRole, ReadonlySet<Right>>> = {
  owner: new Set<Right>(['write', 'invite', 'remove', 'moderate', 'configure', 'administer']),
  moderator: new Set<Right>(['write', 'invite', 'remove', 'moderate', 'configure']),
  member: new Set<Right>(['write', 'invite']),
  guest: new Set<Right>(['write']),
};

const refusals: Readonly<Record<Right, string>> = {
  write: 'You may only read here.',
  invite: 'Guests do not bring people in.',
  remove: 'Only owners and moderators take people out.',
  moderate: 'Only the sender or a moderator deletes a message.',
  configure: 'Only owners and moderators change a conversation.',
  administer: 'Only an owner gives roles or removes a conversation.',
};

export function can(right: Right, { actor, kind, role: given }: Standing): AuditedVerdict {
  if (given === null) return notVisible;
  const role = actor.role === 'guest' ? 'guest' : given;
  if (right === 'write') return rights[role].has(right) ? 'allow' : forbid(refusals[right]);
  if (kind === 'direct') return forbid('A direct conversation stays as it is, between two.');
  if (rights[role].has(right)) return 'allow';
  return isTeamAdmin(actor) ? 'allow-as-admin' : forbid(refusals[right]);
}

/** People who are no members get the same answer for a private conversation as for one that does not exist. */
export function canJoin(actor: Pick<Actor, 'role'>, { kind, visibility }: { kind: ConversationKind; visibility: Visibility }): Verdict {
  return kind === 'channel' && visibility === 'public' && canBrowse(actor) ? 'allow' : notVisible;
}

/** Guests see only the conversations they were added to. */
export const canBrowse = (actor: Pick<Actor, 'role'>): boolean => actor.role !== 'guest';

/** Who opens a group administers it; guests of the team administer nothing. */
export const canOpen = (actor: Pick<Actor, 'role'>, kind: ConversationKind): Verdict =>
  kind !== 'direct' && actor.role === 'guest' ? forbid('Guests open direct conversations only.') : 'allow';

export interface Subject {
  readonly userId: string;
  readonly role: MemberRole | null;
  readonly isLastOwner: boolean;
}

/** Leaving and taking out. A conversation is never left without an owner: the last one passes it on or removes it. */
export function canRemoveMember(standing: Standing, subject: Subject): AuditedVerdict {
  if (standing.role === null || subject.role === null) return notVisible;
  if (standing.kind === 'direct') return forbid('A direct conversation stays as it is, between two.');
  const isSelf = subject.userId === standing.actor.userId;
  const verdict = isSelf ? 'allow' : canRemove(standing, subject.role);
  return !isRefusal(verdict) && subject.isLastOwner ? lastOwner : verdict;
}

/** Those who leave may decline to be added again. */
export const canDeclineReturn = (actor: Pick<Actor, 'userId'>, userId: string): Verdict =>
  userId === actor.userId ? 'allow' : forbid('Only those who leave decline for themselves.');

/** `declined`: those of the people to be added who left and declined to be added again. */
export function canAddAgain(actor: Pick<Actor, 'role'>, declined: readonly string[]): AuditedVerdict {
  if (declined.length === 0) return 'allow';
  if (isTeamAdmin(actor)) return 'allow-as-admin';
  return {
    code: 'return_declined',
    detail: 'One of these people left and does not want to be added again. An admin of the team can do it.',
    errors: declined.map((userId) => ({ path: 'userIds', message: userId })),
  };
}

/** Nobody would read what is sent to a disabled account. */
export const canReach = (isOpen: boolean): Verdict => (isOpen ? 'allow' : forbid('This account is closed: nobody would read it.'));

/** `isTeamGuest`: the subject is a guest of the team, and gets no role above `guest`. */
export function canChangeRole(standing: Standing, subject: Subject & { readonly isTeamGuest: boolean }, role: MemberRole): AuditedVerdict {
  const verdict = can('administer', standing);
  if (isRefusal(verdict)) return verdict;
  if (subject.role === null) return notVisible;
  if (subject.isTeamGuest && role !== 'guest') return forbid('Guests of the team stay guests in a conversation.');
  return subject.isLastOwner && role !== 'owner' ? lastOwner : verdict;
}

/** `windowSeconds` null: for ever. */
export function canEdit(
  standing: Standing,
  message: Message,
  { windowSeconds, now }: { windowSeconds: number | null; now: number },
): AuditedVerdict {
  const verdict = canTouch(standing, message);
  if (verdict !== 'allow') return verdict;
  if (message.senderId !== standing.actor.userId) return forbid('Only the sender edits a message.');
  if (message.kind !== 'text') return forbid('Only texts are edited.');
  const isLate = windowSeconds !== null && now - Date.parse(message.createdAt) > windowSeconds * 1000;
  return isLate ? forbid('The time to edit this message is over.') : 'allow';
}

export function canDelete(standing: Standing, message: Message): AuditedVerdict {
  if (standing.role === null) return notVisible;
  return message.senderId === standing.actor.userId ? 'allow' : can('moderate', standing);
}

/** The history of edits is for the sender and for those who moderate. */
export const canReadEdits = (standing: Standing, message: Message): Verdict => forReading(canDelete(standing, message));

/** Any change of a message that is not deleted. */
export function canTouch(standing: Standing, message: Message): AuditedVerdict {
  const verdict = can('write', standing);
  return verdict === 'allow' && message.deletedAt !== null ? notVisible : verdict;
}

function canRemove(standing: Standing, theirs: MemberRole): AuditedVerdict {
  const verdict = can('remove', standing);
  const isEqual = theirs === 'owner' || theirs === 'moderator';
  if (isRefusal(verdict) || !isEqual || standing.role === 'owner') return verdict;
  return isTeamAdmin(standing.actor) ? 'allow-as-admin' : forbid('Moderators take out members and guests only.');
}

const lastOwner: Refusal = { code: 'last_owner', detail: 'Make somebody else an owner first, or remove the conversation.' };
