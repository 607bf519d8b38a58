import { getMessage } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a member reads a message as it was sent', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const sent = await chat.say(ana, await chat.group(ana, [boris]), 'text');
  expect(await chat.call(boris, getMessage, { messageId: sent.id })).toEqual(sent);
});

test('to anybody else it does not exist', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  expect(await refusal(chat.call(chat.person(undefined, 'owner'), getMessage, { messageId: sent.id }))).toBe('not_found');
  expect(await refusal(chat.call(ana, getMessage, { messageId: newId() }))).toBe('not_found');
});
