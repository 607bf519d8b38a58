import { checkAttachmentAccess, registerAttachment } from '../../../contracts/chat/attachments.ts';
import { anAttachment, ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a file that was registered is its owner’s alone, also when it is registered again', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const attachment = anAttachment();
  for (const { userId } of [ana, boris]) await chat.call(ana, registerAttachment, { attachment, ownerId: userId });
  const access = ({ userId }: { userId: string }) => chat.call(ana, checkAttachmentAccess, { attachmentId: attachment.id, userId });
  expect([await access(ana), await access(boris)]).toEqual([{ isAllowed: true }, { isAllowed: false }]);
});
