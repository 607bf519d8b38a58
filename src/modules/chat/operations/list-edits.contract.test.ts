import { deleteMessage, editMessage, listEdits } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('former texts are for the sender and those who keep order', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const cleo = chat.person();
  const { id } = await chat.group(ana, [boris, cleo]);
  const { id: messageId } = await chat.say(boris, { id }, 'one');
  for (const text of ['two', 'three']) await chat.call(boris, editMessage, { messageId, text });
  const texts = async (as: TestPerson) => (await chat.call(as, listEdits, { messageId })).items.map(({ text }) => text);
  expect([await texts(boris), await texts(ana)]).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
  expect(await refusal(texts(cleo))).toBe('forbidden');
  expect(await refusal(texts(chat.person()))).toBe('not_found');
});

test('a deleted message has none, and neither has one never edited', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const { id: messageId } = await chat.say(ana, { id }, 'one');
  expect((await chat.call(ana, listEdits, { messageId })).items).toEqual([]);
  await chat.call(ana, editMessage, { messageId, text: 'two' });
  await chat.call(ana, deleteMessage, { messageId });
  expect((await chat.call(ana, listEdits, { messageId })).items).toEqual([]);
  expect(await refusal(chat.call(ana, listEdits, { messageId: newId() }))).toBe('not_found');
});

test('many long former texts come in pages of at most 1 MB', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const { id: messageId } = await chat.say(ana, { id }, '0');
  const long = '\u0001'.repeat(15_000);
  for (let count = 1; count <= 25; count++) await chat.call(ana, editMessage, { messageId, text: `${String(count)}${long}` });
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await chat.call(ana, listEdits, { messageId, limit: 20, ...(cursor === undefined ? {} : { cursor }) });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000);
    seen.push(...page.items.map(({ text }) => parseInt(text, 10)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index));
});
