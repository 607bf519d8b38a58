import { readHeads } from '../../../contracts/chat/sync.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('heads hold the rev of what exists', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const { rev } = await chat.say(ana, { id }, 'text');
  expect((await chat.call(ana, readHeads, { conversationIds: [id, newId()] })).revs).toEqual({ [id]: rev });
  expect((await chat.call(ana, readHeads, { conversationIds: [] })).revs).toEqual({});
});
