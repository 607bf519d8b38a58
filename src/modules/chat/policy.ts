import type { ConversationKind, MemberRole, Visibility } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Actor, Context } from '../../kernel/context.ts';
import { AppError, requireAudit } from '../../kernel/errors.ts';

export interface Refusal {
  readonly code: Extract<ErrorCode, 'not_found' | 'forbidden' | 'last_owner'>;
  readonly detail: string;
}
/** `allow-as-admin`: nothing but the role in the team allows it, and it needs a row in the audit log. */
export type Verdict = 'allow' | 'allow-as-admin' | Refusal;

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

/** Throws what the verdict says. A change that a team role alone allows is let through once it has its row in the audit log. */
export function authorize(verdict: Verdict, context: Pick<Context, 'isAudited'>): void {
  if (isRefusal(verdict)) throw new AppError(verdict.code, { detail: verdict.detail });
  if (verdict === 'allow-as-admin') requireAudit(context);
}

/** The same for what changes nothing. */
export function authorizeRead(verdict: Verdict): void {
  if (isRefusal(verdict)) throw new AppError(verdict.code, { detail: verdict.detail });
}

const isRefusal = (verdict: Verdict): verdict is Refusal => typeof verdict !== 'string';

export function can(right: Right, { actor, kind, role: given }: Standing): Verdict {
  if (given === null) return unknown;
  const role = actor.role === 'guest' ? 'guest' : given;
  if (right === 'write') return rights[role].has(right) ? 'allow' : forbid(refusals[right]);
  if (kind === 'direct') return forbid('A direct conversation stays as it is, between two.');
  if (rights[role].has(right)) return 'allow';
  return isTeamAdmin(actor) ? 'allow-as-admin' : forbid(refusals[right]);
}

/** Strangers see no more of a private conversation than of one that does not exist. */
export function canJoin(actor: Pick<Actor, 'role'>, { kind, visibility }: { kind: ConversationKind; visibility: Visibility }): Verdict {
  return kind === 'channel' && visibility === 'public' && canBrowse(actor) ? 'allow' : unknown;
}

/** Guests see only what they were brought into. */
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
export function canRemoveMember(standing: Standing, subject: Subject): Verdict {
  if (standing.role === null || subject.role === null) return unknown;
  if (standing.kind === 'direct') return forbid('A direct conversation stays as it is, between two.');
  const isSelf = subject.userId === standing.actor.userId;
  const verdict = isSelf ? 'allow' : canRemove(standing, subject.role);
  return !isRefusal(verdict) && subject.isLastOwner ? lastOwner : verdict;
}

/** `isTeamGuest`: the subject is a guest of the team, and gets no role above `guest`. */
export function canChangeRole(standing: Standing, subject: Subject & { readonly isTeamGuest: boolean }, role: MemberRole): Verdict {
  const verdict = can('administer', standing);
  if (isRefusal(verdict)) return verdict;
  if (subject.role === null) return unknown;
  if (subject.isTeamGuest && role !== 'guest') return forbid('Guests of the team stay guests in a conversation.');
  return subject.isLastOwner && role !== 'owner' ? lastOwner : verdict;
}

/** `windowSeconds` null: for ever. */
export function canEdit(
  standing: Standing,
  message: Message,
  { windowSeconds, now }: { windowSeconds: number | null; now: number },
): Verdict {
  const verdict = canTouch(standing, message);
  if (verdict !== 'allow') return verdict;
  if (message.senderId !== standing.actor.userId) return forbid('Only the sender edits a message.');
  if (message.kind !== 'text') return forbid('Only texts are edited.');
  const isLate = windowSeconds !== null && now - Date.parse(message.createdAt) > windowSeconds * 1000;
  return isLate ? forbid('The time to edit this message is over.') : 'allow';
}

export function canDelete(standing: Standing, message: Message): Verdict {
  if (standing.role === null) return unknown;
  return message.senderId === standing.actor.userId ? 'allow' : can('moderate', standing);
}

/** Former texts are for the sender and for those who keep order. */
export const canReadEdits = canDelete;

/** Whatever is done to a message that is still there. */
export function canTouch(standing: Standing, message: Message): Verdict {
  const verdict = can('write', standing);
  return verdict === 'allow' && message.deletedAt !== null ? unknown : verdict;
}

function canRemove(standing: Standing, theirs: MemberRole): Verdict {
  const verdict = can('remove', standing);
  const isEqual = theirs === 'owner' || theirs === 'moderator';
  if (isRefusal(verdict) || !isEqual || standing.role === 'owner') return verdict;
  return isTeamAdmin(standing.actor) ? 'allow-as-admin' : forbid('Moderators take out members and guests only.');
}

export const isTeamAdmin = ({ role }: Pick<Actor, 'role'>): boolean => role === 'owner' || role === 'admin';
const forbid = (detail: string): Refusal => ({ code: 'forbidden', detail });
const unknown: Refusal = { code: 'not_found', detail: 'There is no such thing, or it is not yours to see.' };
const lastOwner: Refusal = { code: 'last_owner', detail: 'Make somebody else an owner first, or remove the conversation.' };
