import { listMessages } from '../../../contracts/chat/operations.ts';
import { ChatBench, refusal, type TestPerson } from '../chat-bench.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

let ana: TestPerson;
let id: string;
beforeAll(async () => {
  ana = chat.person();
  ({ id } = await chat.group(ana));
  for (let count = 0; count < 12; count++) await chat.say(ana, { id }, String(count + 1));
});

const page = async (of: { beforeSeq?: number; afterSeq?: number; aroundSeq?: number; limit?: number }) => {
  const { items, hasMore } = await chat.call(ana, listMessages, { conversationId: id, ...of });
  return [items.map(({ seq }) => seq), hasMore];
};

test('pages ascend, and tell whether there is more the way they go', async () => {
  expect(await page({ limit: 3 })).toEqual([[10, 11, 12], true]);
  expect(await page({ beforeSeq: 3, limit: 5 })).toEqual([[1, 2], false]);
  expect(await page({ beforeSeq: 4, limit: 2 })).toEqual([[2, 3], true]);
  expect(await page({ afterSeq: 9, limit: 3 })).toEqual([[10, 11, 12], false]);
  expect(await page({ afterSeq: 0, limit: 2 })).toEqual([[1, 2], true]);
  expect(await page({ afterSeq: 99 })).toEqual([[], false]);
  expect(await page({ beforeSeq: 0 })).toEqual([[], false]);
});

test('a window stands about its place and fills up at the ends', async () => {
  expect(await page({ aroundSeq: 6, limit: 5 })).toEqual([[4, 5, 6, 7, 8], true]);
  expect(await page({ aroundSeq: 1, limit: 4 })).toEqual([[1, 2, 3, 4], true]);
  expect(await page({ aroundSeq: 12, limit: 4 })).toEqual([[9, 10, 11, 12], true]);
  expect(await page({ aroundSeq: 0, limit: 4 })).toEqual([[1, 2, 3, 4], true]);
  expect(await page({ aroundSeq: 50, limit: 4 })).toEqual([[9, 10, 11, 12], true]);
  expect((await page({ aroundSeq: 6, limit: 50 }))[1]).toBe(false);
});

test('one bound at a time, a sensible limit, members only', async () => {
  expect(await refusal(page({ beforeSeq: 5, afterSeq: 1 }))).toBe('validation_failed');
  expect(await refusal(page({ limit: 201 }))).toBe('validation_failed');
  expect(await refusal(chat.call(chat.person(), listMessages, { conversationId: id }))).toBe('not_found');
});
