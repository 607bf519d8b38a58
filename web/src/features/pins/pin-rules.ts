import type { Conversation, Message } from '../../shared/model.ts';

/** Members pin and unpin; a deleted message is not pinned. */
export const mayPin = ({ deletedAt }: Pick<Message, 'deletedAt'>, { role }: Pick<Conversation, 'role'>): boolean =>
  deletedAt === null && role !== null;
