import type { AuditEntry } from '../../shared/model.ts';

/** Changes that the audit log may hold and that have a text, `audited.<operation>`. A test finds one that has none. */
export const auditedOperations = [
  'auth.changeRole',
  'auth.disableUser',
  'auth.enableUser',
  'auth.forceLogOut',
  'auth.createResetLink',
  'auth.createUser',
  'auth.createInvite',
  'auth.deleteInvite',
  'auth.rotateKeys',
  'chat.addMembers',
  'chat.removeMember',
  'chat.changeMemberRole',
  'chat.updateConversation',
  'chat.deleteConversation',
  'chat.deleteMessage',
  'chat.takeOver',
  'media.removeUserAvatar',
  'media.removeUserFiles',
  'media.setConversationAvatar',
  'media.removeConversationAvatar',
  'notifications.mailInvite',
  'notifications.testChannel',
  'notifications.retryFailure',
  'notifications.dropFailure',
  'notifications.retryFailures',
  'notifications.dropFailures',
  'admin.updateSettings',
  'admin.retryDeadLetter',
  'admin.dropDeadLetter',
  'admin.retryJob',
  'admin.dropJob',
] as const;
export type AuditedOperation = (typeof auditedOperations)[number];

/** Null for one of a newer server. */
export const auditedOperation = (name: string): AuditedOperation | null => auditedOperations.find((known) => known === name) ?? null;

/** Whom or what a change was made to, by id, and the role that it gave. */
export function subjectsOf({ input }: Pick<AuditEntry, 'input'>) {
  const text = (key: string): string | null => (typeof input[key] === 'string' ? input[key] : null);
  const list = input['userIds'];
  const several = Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
  const one = text('userId');
  return { personIds: one === null ? several : [one], conversationId: text('conversationId'), role: text('role') };
}
