import { addMembers } from '../../../contracts/chat/members.ts';
import { editMessage } from '../../../contracts/chat/messages.ts';
import { markRead } from '../../../contracts/chat/read-state.ts';
import { sync } from '../../../contracts/chat/sync.ts';
import { updateConversation } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a client that knows nothing gets its conversations and no changes', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  await chat.say(ana, { id }, 'text');
  const { conversations, removed, changes, reads } = await chat.call(ana, sync, { revs: {} });
  expect(conversations.map((one) => [one.id, one.lastSeq])).toEqual([[id, 1]]);
  expect([removed, changes, reads]).toEqual([[], {}, { [id]: 1 }]);
});

test('a client gets exactly what it missed, and nothing when it missed nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const known = await chat.say(ana, { id }, 'known');
  const missed = await chat.say(ana, { id }, 'missed');
  const edited = await chat.call(ana, editMessage, { messageId: known.id, text: 'known, edited' });
  const answer = await chat.call(boris, sync, { revs: { [id]: known.rev } });
  expect(answer.changes[id]).toEqual({ messages: [missed, edited], uptoRev: edited.rev, more: false, reset: false });
  const again = await chat.call(boris, sync, { revs: { [id]: edited.rev } });
  expect([again.conversations, again.changes, again.cursor, again.more]).toEqual([[], {}, null, false]);
});

test('a change of members alone moves the rev without messages', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const { rev: joined } = await chat.call(ana, addMembers, { conversationId: id, userIds: [chat.person().userId] });
  const { changes, conversations } = await chat.call(ana, sync, { revs: { [id]: rev } });
  expect(changes[id]).toEqual({ messages: [], uptoRev: joined, more: false, reset: false });
  expect(conversations[0]?.memberCount).toBe(2);
});

const frame = 256 * 1024;
/** Texts that JSON makes longer or UTF-8 does. */
const texts = {
  latin: 'x'.repeat(16_000),
  cjk: '語'.repeat(16_000),
  emoji: '🦒'.repeat(8_000),
  escapes: '"\\\n\u0001'.repeat(4_000),
};

/** A client that speaks the first edition of `sync` alone: it asks again, with the revs it learned, until it learns nothing more. */
class PlainClient {
  revs: Record<string, number> = {};
  readonly seqs = new Map<string, Set<number>>();
  readonly sizes: number[] = [];
  readonly #who: TestPerson;

  constructor(who: TestPerson) {
    this.#who = who;
  }

  async catchUp(): Promise<void> {
    for (let learned = true; learned;) {
      const { conversations, changes, removed } = await this.#ask();
      for (const { id, rev } of conversations) if (!(id in changes)) this.revs[id] = rev;
      for (const [id, { messages, uptoRev }] of Object.entries(changes)) {
        this.revs[id] = uptoRev;
        for (const { seq } of messages) this.seqs.set(id, (this.seqs.get(id) ?? new Set()).add(seq));
      }
      this.revs = Object.fromEntries(Object.entries(this.revs).filter(([id]) => !removed.includes(id)));
      learned = conversations.length + removed.length > 0;
    }
  }

  async #ask() {
    const answer = await chat.call(this.#who, sync, { revs: this.revs });
    this.sizes.push(Buffer.byteLength(JSON.stringify(answer)));
    return answer;
  }
}

test('much that was missed comes in pages that add up', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  await Promise.all(Array.from({ length: 450 }, () => chat.say(ana, { id }, 'text')));
  const client = new PlainClient(ana);
  client.revs[id] = rev;
  await client.catchUp();
  expect([...(client.seqs.get(id) ?? [])]).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
  expect(client.sizes).toHaveLength(4);
});

test.each(Object.keys(texts) as (keyof typeof texts)[])(
  'an answer is no larger than a frame, however long what was missed: %s',
  async (kind) => {
    const ana = chat.person();
    const { id, rev } = await chat.group(ana);
    await Promise.all(Array.from({ length: 24 }, () => chat.say(ana, { id }, texts[kind])));
    const client = new PlainClient(ana);
    client.revs[id] = rev;
    await client.catchUp();
    expect(client.seqs.get(id)?.size).toBe(24);
    expect(Math.max(...client.sizes)).toBeLessThan(frame);
    expect(client.sizes.length).toBeLessThanOrEqual(14);
  },
);

test('a message that takes all it may still comes, also into a small answer', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const { id: messageId } = await chat.say(ana, { id }, '\u0001'.repeat(16_000));
  for (const maxBytes of [4_096, 240_000]) {
    const { changes } = await chat.call(ana, sync, { revs: { [id]: rev }, maxBytes });
    expect(changes[id]).toMatchObject({ messages: [{ id: messageId }], more: false });
    expect(Buffer.byteLength(JSON.stringify(changes))).toBeLessThan(frame);
  }
});

test('a fresh sign-in finds many conversations with long last messages page by page', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const ids = await Promise.all(
    Array.from({ length: 400 }, async () => {
      const { id } = await chat.group(ana, [boris]);
      await chat.say(ana, { id }, texts.escapes);
      return id;
    }),
  );
  const client = new PlainClient(boris);
  await client.catchUp();
  expect(Object.keys(client.revs).sort()).toEqual([...ids].sort());
  expect(Math.max(...client.sizes)).toBeLessThan(frame);
  expect(client.sizes.length).toBeGreaterThan(2);
});

test('a walk by cursor covers each conversation once, and names nothing twice', async () => {
  const ana = chat.person();
  const all = await Promise.all(Array.from({ length: 120 }, () => chat.group(ana)));
  const known = all.slice(0, 60).map(({ id, rev }) => [id, rev] as const);
  await chat.call(ana, updateConversation, { conversationId: all[3]!.id, muted: true });
  const covered: string[] = [];
  const met: string[] = [];
  const muted: string[] = [];
  let cursor: string | undefined;
  do {
    const revs = Object.fromEntries(known.filter(([id]) => !covered.includes(id)));
    const answer = await chat.call(ana, sync, { revs, maxBytes: 8_192, ...(cursor === undefined ? {} : { cursor }) });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(8_192);
    expect(answer.more).toBe(answer.cursor !== null);
    covered.push(...Object.keys(answer.reads));
    met.push(...answer.conversations.map(({ id }) => id));
    muted.push(...answer.muted);
    cursor = answer.cursor ?? undefined;
  } while (cursor !== undefined);
  expect([...covered].sort()).toEqual(all.map(({ id }) => id).sort());
  expect([...met].sort()).toEqual(
    all
      .slice(60)
      .map(({ id }) => id)
      .sort(),
  );
  expect(muted).toEqual([all[3]!.id]);
});

test('who knows very many conversations asks part by part, and what is new comes once', async () => {
  const ana = chat.person();
  const all = (await Promise.all(Array.from({ length: 30 }, () => chat.group(ana)))).sort((one, other) => (one.id < other.id ? -1 : 1));
  const known = all.filter((_, index) => index % 3 > 0);
  const middle = known[9]!.id;
  const part = (from: number, to: number) => Object.fromEntries(known.slice(from, to).map(({ id, rev }) => [id, rev]));
  const lower = await chat.call(ana, sync, { revs: part(0, 10), uptoId: middle });
  const upper = await chat.call(ana, sync, { revs: part(10, 20), afterId: middle });
  const met = [...lower.conversations, ...upper.conversations].map(({ id }) => id);
  expect([...met].sort()).toEqual(all.filter((one) => !known.includes(one)).map(({ id }) => id));
  expect([lower.removed, upper.removed]).toEqual([[], []]);
  const named = await chat.call(ana, sync, { revs: part(0, 2), named: true });
  expect([named.conversations, Object.keys(named.reads).sort()]).toEqual([[], Object.keys(part(0, 2)).sort()]);
});

test('removals beyond a share of the answer come when it is asked again without the first ones', async () => {
  const ana = chat.person();
  const client = new PlainClient(ana);
  for (let count = 0; count < 2_000; count++) client.revs[newId()] = 1;
  await client.catchUp();
  expect(client.revs).toEqual({});
  expect(Math.max(...client.sizes)).toBeLessThan(frame / 4);
});

test('what is not the caller’s is removed, whether it ever existed or not', async () => {
  const ana = chat.person();
  const { id } = await chat.group(chat.person());
  const unknown = newId();
  const { removed, changes } = await chat.call(ana, sync, { revs: { [id]: 0, [unknown]: 3 } });
  expect([removed.sort(), changes]).toEqual([[id, unknown].sort(), {}]);
});

test('a client ahead of the log has to start over', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  const { changes } = await chat.call(ana, sync, { revs: { [id]: rev + 7 } });
  expect(changes[id]).toEqual({ messages: [], uptoRev: rev, more: false, reset: true });
});

test('read marks come for every conversation, also unchanged ones', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const { rev } = await chat.say(ana, { id }, 'text');
  await chat.call(boris, markRead, { conversationId: id, seq: 1 });
  expect((await chat.call(boris, sync, { revs: { [id]: rev } })).reads).toEqual({ [id]: 1 });
});

test('mutes are sent, though they take no rev', async () => {
  const ana = chat.person();
  const { id, rev } = await chat.group(ana);
  await chat.call(ana, updateConversation, { conversationId: id, muted: true });
  expect((await chat.call(ana, sync, { revs: { [id]: rev } })).muted).toEqual([id]);
  await chat.call(ana, updateConversation, { conversationId: id, muted: false });
  expect((await chat.call(ana, sync, { revs: { [id]: rev } })).muted).toEqual([]);
});

test('revs of what are no ids are refused', async () => {
  expect(await refusal(chat.call(chat.person(), sync, { revs: { __proto__x: 1 } }))).toBe('validation_failed');
  expect(await refusal(chat.call(chat.person(), sync, { revs: { [newId()]: -1 } }))).toBe('validation_failed');
});
