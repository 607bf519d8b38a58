import type { Account } from './account.ts';
import type { Cast } from './cast.ts';
import type { Truth } from './checker.ts';
import type { SeenMessage } from './wire-shapes.ts';

interface Head {
  readonly lastSeq: number;
  readonly rev: number;
  readonly lastReadSeq: number;
  readonly unread: number;
}

const pageSize = 200;

/** What the server says now about each conversation of the cast: its head, its whole history, everyone's read marks. */
export async function readTruths({ writers, plain, mixed, lobby }: Cast): Promise<Truth[]> {
  const truths: Truth[] = [];
  for (const conversationId of plain) truths.push(await truthOf(conversationId, 'plain', writers));
  for (const conversationId of mixed) truths.push(await truthOf(conversationId, 'mixed', writers));
  if (lobby) truths.push(await truthOf(lobby.id, 'mixed', [lobby.voice]));
  return truths;
}

async function truthOf(conversationId: string, kind: Truth['kind'], writers: readonly Account[]): Promise<Truth> {
  const heads = await Promise.all(writers.map((writer) => writer.call<Head>({ method: 'GET', path: `/conversations/${conversationId}` })));
  const reads = writers.map(({ id }, index) => [id, { lastReadSeq: heads[index]!.lastReadSeq, unread: heads[index]!.unread }] as const);
  const { lastSeq, rev } = heads[0]!;
  return { conversationId, kind, lastSeq, rev, history: await historyOf(conversationId, writers[0]!), reads: Object.fromEntries(reads) };
}

async function historyOf(conversationId: string, reader: Account): Promise<SeenMessage[]> {
  const history: SeenMessage[] = [];
  for (let afterSeq = 0; ;) {
    const path = `/conversations/${conversationId}/messages?afterSeq=${String(afterSeq)}&limit=${String(pageSize)}`;
    const { items, hasMore } = await reader.call<{ items: SeenMessage[]; hasMore: boolean }>({ method: 'GET', path });
    history.push(...items);
    const last = items.at(-1)?.seq;
    if (!hasMore) return history;
    if (last === undefined || last <= afterSeq)
      throw new Error(`history of ${conversationId} does not go on after seq ${String(afterSeq)}`);
    afterSeq = last;
  }
}
