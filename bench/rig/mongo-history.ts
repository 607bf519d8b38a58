import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collection, type Connection, createConnection } from 'mongoose';
import { batchesOf, type HistoryPlan, type HistoryRow } from './history.ts';
import { uuidAt } from './uuid.ts';

interface Head {
  _id: string;
  lastSeq: number;
  rev: number;
  lastMessageId: string | null;
}

const perInsert = 1_000;

/** The same history in MongoDB, without the terms of search: the next start of the server reads it for them, behind everything else. */
export const fillMongoHistory = (mongoUrl: string, plan: HistoryPlan): Promise<void> =>
  withMongo(mongoUrl, async (connection) => {
    const messages = collectionOf(connection, 'chat.messages');
    const conversations = collectionOf(connection, 'chat.conversations');
    const heads = new Map((await conversations.find({}).toArray()).map((head) => [String(head._id), head as unknown as Head]));
    for (const rows of batchesOf(plan, perInsert))
      await messages.insertMany(rows.map((row) => documentOf(row, heads.get(row.conversationId)!)));
    for (const { _id, ...head } of heads.values())
      await conversations.updateOne(
        { _id: _id as never },
        { $set: { lastSeq: head.lastSeq, rev: head.rev, lastMessageId: head.lastMessageId, activeAt: new Date() } },
      );
    await collectionOf(connection, 'chat.rereading').deleteMany({});
  });

/** Resolves once the server has read all messages for their terms. */
export const untilMongoIndexed = (mongoUrl: string): Promise<void> =>
  withMongo(mongoUrl, async (connection) => {
    while ((await collectionOf(connection, 'chat.rereading').findOne({}))?.['beforeId'] !== '') await sleep(500);
  });

async function withMongo<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = createConnection(url);
  await connection.asPromise();
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

const collectionOf = (connection: Connection, name: string): Collection => connection.collection(name);

function documentOf({ conversationId, senderId, text, atMs }: HistoryRow, head: Head): object {
  const clientMessageId = randomUUID();
  head.lastMessageId = uuidAt(atMs);
  return {
    _id: head.lastMessageId,
    conversationId,
    seq: ++head.lastSeq,
    rev: ++head.rev,
    senderId,
    clientMessageId,
    sendKey: conversationId + senderId + clientMessageId,
    kind: 'text',
    text,
    threadCount: 0,
    pinned: false,
    createdAt: new Date(atMs),
  };
}
