import { measureFiles } from '../../../contracts/chat/files.ts';
import { anAttachment, ChatBench } from '../chat.fixture.ts';
import { registerAttachment } from '../../../contracts/chat/attachments.ts';
import type { TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

async function uploads(owner: TestPerson, size: number): Promise<string> {
  const attachment = { ...anAttachment(), size };
  await chat.call(owner, registerAttachment, { attachment, ownerId: owner.userId });
  return attachment.id;
}

test('chat.measureFiles: the conversations with the most bytes of files come first, as many as are asked for', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const [small, large] = [await chat.group(ana, [boris]), await chat.group(ana, [boris])];
  await uploads(ana, 9_000_000_000);
  await chat.say(ana, small, '', { attachmentIds: [await uploads(ana, 10)] });
  await chat.say(ana, large, '', { attachmentIds: [await uploads(ana, 4_000_000_000), await uploads(ana, 5)] });
  const { items } = await chat.call(ana, measureFiles, { limit: 2 });
  expect(items).toMatchObject([
    { id: large.id, kind: 'group', files: 2, bytes: 4_000_000_005 },
    { id: small.id, kind: 'group', files: 1, bytes: 10 },
  ]);
  expect(items.map(({ name }) => name)).toEqual([large.name, small.name]);
  expect((await chat.call(ana, measureFiles, { limit: 1 })).items).toHaveLength(1);
});
