import { listMessages } from '../../../contracts/chat/messages.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

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

test('pages ascend, and say whether there is more in their direction', async () => {
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
  expect(await refusal(page({ beforeSeq: 5, afterSeq: 1 }))).toBe('conflict');
  expect(await refusal(page({ limit: 201 }))).toBe('validation_failed');
  expect(await refusal(chat.call(chat.person(), listMessages, { conversationId: id }))).toBe('not_found');
});

describe('a page of long messages', () => {
  const long = '語'.repeat(16_000);
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  let full: string;
  beforeAll(async () => {
    ({ id: full } = await chat.group(ana));
    for (let count = 0; count < 60; count++) await chat.say(ana, { id: full }, long);
  });

  test.each([{}, { beforeSeq: 61 }, { afterSeq: 0 }, { aroundSeq: 30 }])('is at most 1 MB, and says that there is more: %j', async (of) => {
    const answer = await chat.call(ana, listMessages, { conversationId: full, limit: 200, ...of });
    expect(bytes(answer)).toBeLessThan(1_000_000);
    expect(answer.items.length).toBeGreaterThan(15);
    expect(answer.hasMore).toBe(true);
    const [first] = answer.items;
    expect(answer.items.map(({ seq }) => seq)).toEqual(answer.items.map((_, index) => first!.seq + index));
  });

  test('leads to the whole history, from either end', async () => {
    const seen: number[] = [];
    for (let more = true; more;) {
      const { items, hasMore } = await chat.call(ana, listMessages, { conversationId: full, limit: 200, afterSeq: seen.at(-1) ?? 0 });
      seen.push(...items.map(({ seq }) => seq));
      more = hasMore;
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const back: number[] = [];
    for (let more = true; more;) {
      const { items, hasMore } = await chat.call(ana, listMessages, { conversationId: full, limit: 200, beforeSeq: back[0] ?? 61 });
      back.unshift(...items.map(({ seq }) => seq));
      more = hasMore;
    }
    expect(back).toEqual(seen);
  });

  test('about a place holds the place', async () => {
    for (const aroundSeq of [1, 17, 60]) {
      const { items } = await chat.call(ana, listMessages, { conversationId: full, limit: 200, aroundSeq });
      expect(items.map(({ seq }) => seq)).toContain(aroundSeq);
    }
  });
});
