import type { DocumentCollection, DocumentDatabase } from '../../../../../kernel/document-database.ts';
import type { ConversationDocument, EditDocument, MemberDocument, OutboxDocument, RereadingDocument } from './documents.ts';
import { list, type MessageDocument, messageSchema } from './message-fields.ts';

/** What the store keeps, each kind in a collection. */
export interface Collections {
  readonly conversations: DocumentCollection<ConversationDocument>;
  readonly members: DocumentCollection<MemberDocument>;
  readonly messages: DocumentCollection<MessageDocument>;
  readonly edits: DocumentCollection<EditDocument>;
  readonly outbox: DocumentCollection<OutboxDocument>;
  readonly rereading: DocumentCollection<RereadingDocument>;
}

const anything = 'Mixed' as const;

const conversation = {
  _id: String,
  kind: String,
  name: String,
  nameKey: String,
  foldedName: String,
  foldedOf: String,
  topic: String,
  avatarUrl: String,
  visibility: String,
  directKey: String,
  slot: String,
  lastSeq: Number,
  rev: Number,
  membersRev: Number,
  memberCount: Number,
  lastMessageId: String,
  lastSenderId: String,
  activeAt: Date,
  createdBy: String,
  createdAt: Date,
  changeId: String,
  pending: anything,
};

const member = {
  _id: String,
  conversationId: String,
  userId: String,
  role: String,
  rev: Number,
  joinedAt: Date,
  lastReadSeq: Number,
  muted: Boolean,
  untold: list(anything),
};

const former = { _id: String, conversationId: String, messageId: String, rev: Number, text: String, endedAt: Date };

/** `facts` are events, and `toldAt` is when they were published: fields keep their names, because versions N and N+1 run together. */
const outbox = { _id: String, facts: String, messageIds: list(String), claimedUntil: Date, toldAt: Date };

const rereading = {
  _id: String,
  reading: Number,
  beforeId: String,
  downTo: String,
  begunAt: String,
  owner: String,
  leasedUntil: Date,
  left: Number,
};

export const collectionsOf = (mongo: DocumentDatabase): Collections => ({
  conversations: mongo.collection('chat.conversations', conversation, [
    { name: 'direct', key: { directKey: 1 }, unique: true, sparse: true },
    { name: 'slot', key: { slot: 1 }, unique: true, sparse: true },
    { name: 'public', key: { nameKey: 1, _id: 1 }, partialFilterExpression: { kind: 'channel', visibility: 'public' } },
    { name: 'public_folded', key: { foldedName: 1, _id: 1 }, partialFilterExpression: { kind: 'channel', visibility: 'public' } },
    { name: 'pending', key: { 'pending.claimedUntil': 1 }, sparse: true },
  ]),
  members: mongo.collection('chat.members', member, [
    { name: 'people', key: { conversationId: 1, userId: 1 } },
    { name: 'conversations', key: { userId: 1, conversationId: 1 } },
    { name: 'untold', key: { 'untold.claimedUntil': 1 }, sparse: true },
  ]),
  messages: mongo.collection('chat.messages', messageSchema, [
    { name: 'seq', key: { conversationId: 1, seq: 1 }, unique: true },
    // What `sync` reads: everything after a rev, in order.
    { name: 'rev', key: { conversationId: 1, rev: 1 } },
    { name: 'sent_once', key: { sendKey: 1 }, unique: true },
    { name: 'thread', key: { threadRootId: 1 }, partialFilterExpression: { threadRootId: { $exists: true } } },
    { name: 'pinned', key: { conversationId: 1, seq: 1 }, partialFilterExpression: { pinned: true } },
    {
      name: 'files',
      key: { conversationId: 1, fileKinds: 1, seq: 1 },
      partialFilterExpression: { fileKinds: { $exists: true } },
    },
    {
      name: 'files_of_sender',
      key: { conversationId: 1, senderId: 1, fileKinds: 1, seq: 1 },
      partialFilterExpression: { fileKinds: { $exists: true } },
    },
    { name: 'mentions', key: { mentions: 1, conversationId: 1, seq: 1 }, partialFilterExpression: { mentions: { $exists: true } } },
  ]),
  edits: mongo.collection('chat.formers', former, [
    { name: 'message', key: { messageId: 1, rev: 1 } },
    { name: 'conversation', key: { conversationId: 1 } },
  ]),
  outbox: mongo.collection('chat.outbox', outbox, [
    { name: 'claim', key: { claimedUntil: 1 }, sparse: true },
    { name: 'told', key: { toldAt: 1 }, sparse: true },
  ]),
  rereading: mongo.collection('chat.rereading', rereading, []),
});

/** Unique indexes are the net below every decision: nothing is written before they stand. */
export async function prepare({ conversations, members, messages, edits, outbox, rereading }: Collections): Promise<void> {
  await Promise.all([conversations, members, messages, edits, outbox, rereading].map((each) => each.prepare()));
}
