import { listPins, pinMessage, unpinMessage } from '../../../contracts/chat/pins.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

async function pages(person: TestPerson, conversationId: string, limit: number): Promise<string[][]> {
  const seen: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await chat.call(person, listPins, { conversationId, limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_010_000);
    seen.push(page.items.map(({ text }) => text.slice(0, 8)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

test('lists the pinned messages of one conversation, the newest message first, in pages', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  expect(await pages(boris, id, 50)).toEqual([[]]);
  const sent = [];
  for (let index = 0; index < 9; index++) sent.push(await chat.say(ana, { id }, String(index)));
  for (const index of [6, 0, 3, 8, 5]) await chat.call(boris, pinMessage, { messageId: sent[index]!.id });
  await chat.call(ana, unpinMessage, { messageId: sent[3]!.id });
  const elsewhere = await chat.say(ana, await chat.group(ana), 'elsewhere');
  await chat.call(ana, pinMessage, { messageId: elsewhere.id });
  expect(await pages(boris, id, 50)).toEqual([['8', '6', '5', '0']]);
  expect(await pages(ana, id, 3)).toEqual([['8', '6', '5'], ['0']]);
  expect(await pages(ana, id, 2)).toEqual([
    ['8', '6'],
    ['5', '0'],
  ]);
});

test('long pinned messages come in pages of at most 1 MB', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  for (let index = 0; index < 25; index++) {
    const { id: messageId } = await chat.say(ana, { id }, `${String(100 + index)} ${'ы'.repeat(15_900)} ${'漢'.repeat(50)}`);
    await chat.call(ana, pinMessage, { messageId });
  }
  const found = await pages(ana, id, 200);
  expect(found.flat().map((text) => Number(text.slice(0, 3)))).toEqual(Array.from({ length: 25 }, (_, index) => 124 - index));
});

test('strangers, and cursors of another list, get not_found', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  expect(await refusal(chat.call(chat.person(), listPins, { conversationId: id }))).toBe('not_found');
  for (const cursor of ['x', 'WyItMSJd', Buffer.from('["a"]').toString('base64url')])
    expect(await refusal(chat.call(ana, listPins, { conversationId: id, cursor }))).toBe('not_found');
});
