import { messageUpdated } from '../../../contracts/chat/messages.ts';
import { pinMessage, unpinMessage } from '../../../contracts/chat/pins.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('anyone who writes there takes a pin off; a message without one stays as it is', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const sent = await chat.say(ana, await chat.group(ana, [boris]), 'text');
  expect(await chat.call(boris, unpinMessage, { messageId: sent.id })).toEqual(sent);
  const pinned = await chat.call(ana, pinMessage, { messageId: sent.id });
  const unpinned = await chat.call(boris, unpinMessage, { messageId: sent.id });
  expect(unpinned).toEqual({ ...sent, rev: sent.rev + 2 });
  expect(chat.receivedOf(messageUpdated)).toEqual([{ message: pinned }, { message: unpinned }]);
});

test('strangers get not_found', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  await chat.call(ana, pinMessage, { messageId: sent.id });
  expect(await refusal(chat.call(chat.person(), unpinMessage, { messageId: sent.id }))).toBe('not_found');
});
