import { listFiles } from '../../../contracts/chat/files.ts';
import { addMembers, removeMember } from '../../../contracts/chat/members.ts';
import { deleteMessage, type Message } from '../../../contracts/chat/messages.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

async function sends(person: TestPerson, id: string, ...names: string[]): Promise<Message> {
  const files = await Promise.all(names.map((name) => chat.uploads(person, name, name.endsWith('.png') ? 'image/png' : 'application/pdf')));
  return chat.say(person, { id }, '', { attachmentIds: files.map((file) => file.id) });
}

async function pages(person: TestPerson, conversationId: string, more: { limit?: number; kind?: 'image' | 'other'; senderId?: string }) {
  const seen: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await chat.call(person, listFiles, { conversationId, ...more, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(page.items.map(({ attachment }) => attachment.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

test('lists the files of one conversation, those of the newest message first, each once on whatever page it comes', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  expect(await pages(ana, id, {})).toEqual([[]]);
  const first = await sends(ana, id, 'a.png', 'b.pdf', 'c.png');
  await chat.say(ana, { id }, 'no file');
  await sends(boris, id, 'd.png');
  await sends(boris, id, 'e.pdf', 'f.png');
  await sends(ana, (await chat.group(ana)).id, 'elsewhere.png');
  expect(await pages(boris, id, {})).toEqual([['e.pdf', 'f.png', 'd.png', 'a.png', 'b.pdf', 'c.png']]);
  for (const limit of [1, 2, 3, 4, 5]) {
    const found = await pages(ana, id, { limit });
    expect(found.flat()).toEqual(['e.pdf', 'f.png', 'd.png', 'a.png', 'b.pdf', 'c.png']);
    expect(found).toHaveLength(Math.ceil(6 / limit));
  }
  expect(await pages(ana, id, { kind: 'image', limit: 2 })).toEqual([
    ['f.png', 'd.png'],
    ['a.png', 'c.png'],
  ]);
  expect(await pages(ana, id, { kind: 'other', senderId: ana.userId })).toEqual([['b.pdf']]);
  const { items } = await chat.call(ana, listFiles, { conversationId: id, senderId: ana.userId, limit: 1 });
  expect(items).toEqual([
    { attachment: first.attachments[0], messageId: first.id, seq: first.seq, senderId: ana.userId, sentAt: first.createdAt },
  ]);
});

test('the files of a deleted message are not listed', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const sent = await sends(ana, id, 'a.png');
  await chat.call(ana, deleteMessage, { messageId: sent.id });
  expect(await pages(ana, id, {})).toEqual([[]]);
});

test('strangers, those who were removed, and cursors of another list get not_found', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  await sends(ana, id, 'a.png');
  expect(await refusal(chat.call(chat.person(), listFiles, { conversationId: id }))).toBe('not_found');
  expect(await pages(boris, id, {})).toEqual([['a.png']]);
  await chat.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  expect(await refusal(chat.call(boris, listFiles, { conversationId: id }))).toBe('not_found');
  await chat.call(ana, addMembers, { conversationId: id, userIds: [boris.userId] });
  expect(await pages(boris, id, {})).toEqual([['a.png']]);
  for (const cursor of ['x', 'WyIyIl0', Buffer.from('["a","1"]').toString('base64url')])
    expect(await refusal(chat.call(ana, listFiles, { conversationId: id, cursor }))).toBe('not_found');
});
