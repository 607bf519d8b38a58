import { describeAttachment } from '../../../contracts/chat/attachments.ts';
import { deleteMessage, getMessage, messageUpdated } from '../../../contracts/chat/messages.ts';
import { anAttachment, ChatBench, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const seen = { width: 640, height: 480, thumbhash: 'Y2FtZQ==', thumbnailUrl: '/api/v1/media/x/thumbnail' };

async function sent(ana: TestPerson) {
  const [one, other] = [await chat.uploads(ana), await chat.uploads(ana)];
  const message = await chat.say(ana, await chat.group(ana), '', { attachmentIds: [one.id, other.id] });
  return { one, other, message };
}
const updates = (messageId: string) => chat.receivedOf(messageUpdated).filter(({ message }) => message.id === messageId);

test('what becomes known of a file of a message reaches its members as one change of it', async () => {
  const ana = chat.person();
  const { one, other, message } = await sent(ana);
  const described = { ...other, ...seen };
  expect(await chat.call(ana, describeAttachment, { attachment: described })).toEqual({ isUnderWay: false });
  const now = await chat.call(ana, getMessage, { messageId: message.id });
  expect(now).toEqual({ ...message, rev: message.rev + 1, attachments: [one, described] });
  expect(updates(message.id)).toEqual([{ message: now }]);
});

test('the same again, and a file that nobody knows, change nothing', async () => {
  const ana = chat.person();
  const { one, message } = await sent(ana);
  for (let count = 0; count < 2; count++) await chat.call(ana, describeAttachment, { attachment: { ...one, ...seen } });
  expect(updates(message.id)).toHaveLength(1);
  expect(await chat.call(ana, describeAttachment, { attachment: anAttachment() })).toEqual({ isUnderWay: false });
});

test('a file that is sent later has what became known of it before', async () => {
  const ana = chat.person();
  const described = { ...(await chat.uploads(ana)), ...seen };
  await chat.call(ana, describeAttachment, { attachment: described });
  const message = await chat.say(ana, await chat.group(ana), '', { attachmentIds: [described.id] });
  expect(message.attachments).toEqual([described]);
});

test('a deleted message gets nothing back', async () => {
  const ana = chat.person();
  const { one, message } = await sent(ana);
  await chat.call(ana, deleteMessage, { messageId: message.id });
  await chat.call(ana, describeAttachment, { attachment: { ...one, ...seen } });
  expect((await chat.call(ana, getMessage, { messageId: message.id })).attachments).toEqual([]);
  expect(updates(message.id)).toEqual([]);
});
