import { countMessages } from '../../../contracts/chat/messages.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('conversations and messages are counted', async () => {
  const ana = chat.person();
  expect(await chat.call(ana, countMessages, {})).toEqual({ conversations: 0, messages: 0 });
  const { id } = await chat.group(ana);
  await chat.group(ana);
  for (let count = 0; count < 3; count++) await chat.say(ana, { id }, 'text');
  expect(await chat.call(ana, countMessages, {})).toEqual({ conversations: 2, messages: 3 });
});
