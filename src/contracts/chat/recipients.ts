import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Id, Timestamp } from '../primitives.ts';
import { ConversationKind } from './conversations.ts';

/** `muted`: the member muted the conversation for good. */
const Recipient = z.strictObject({ userId: Id, joinedAt: Timestamp, lastReadSeq: Counter, muted: z.boolean() });
export type Recipient = z.infer<typeof Recipient>;

const RecipientsOf = z.strictObject({
  conversationId: Id,
  kind: ConversationKind,
  name: z.string().nullable(),
  members: z.array(Recipient),
});
export type RecipientsOf = z.infer<typeof RecipientsOf>;

const WrittenMessage = z.strictObject({ id: Id, senderId: Id, deleted: z.boolean() });
export type WrittenMessage = z.infer<typeof WrittenMessage>;

/** `userIds`: only these of the members. What is not there is left out. `threads`: who began a thread or wrote in it, by the id of its first message. */
export const readRecipients = operation({
  name: 'chat.readRecipients',
  summary: 'Who is in conversations and how far they have read, and who wrote messages and threads: what notifications are decided on',
  access: 'internal',
  input: z.strictObject({
    conversationIds: z.array(Id).max(1000),
    userIds: z.array(Id).max(10_000).optional(),
    messageIds: z.array(Id).max(10_000).default([]),
    threadRootIds: z.array(Id).max(1000).default([]),
  }),
  output: z.strictObject({
    conversations: z.array(RecipientsOf),
    messages: z.array(WrittenMessage),
    threads: z.record(Id, z.array(Id)),
  }),
});
