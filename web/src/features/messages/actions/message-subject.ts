import type { Conversation, Message } from '../../../shared/model.ts';

/** What an action on a message needs to know. */
export interface MessageSubject {
  readonly message: Message;
  readonly conversation: Conversation;
}

export const isThere = ({ message }: MessageSubject): boolean => message.deletedAt === null && message.kind === 'text';
