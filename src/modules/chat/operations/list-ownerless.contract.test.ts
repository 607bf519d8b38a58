import { listOwnerless } from '../../../contracts/chat/ownerless.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('pages go on behind the last one shown', async () => {
  const [admin, ana] = [chat.person(undefined, 'admin'), chat.person()];
  const made = [await chat.group(ana), await chat.group(ana), await chat.group(ana)].map(({ id }) => id);
  chat.closeAccount(ana);
  const found: string[] = [];
  let cursor: string | null | undefined;
  do {
    const answer = await chat.call(admin, listOwnerless, { limit: 1, ...(cursor ? { cursor } : {}) });
    found.push(...answer.items.map(({ id }) => id));
    cursor = answer.nextCursor;
  } while (cursor !== null);
  expect(found).toEqual([...made].sort());
});
