import { browseChannels } from '../../../contracts/chat/conversations.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('public channels are listed by name, joined or not, without what is said in them', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const alpha = await chat.channel(ana, { name: 'Browse alpha' });
  const beta = await chat.channel(ana, { name: 'browse beta' });
  await chat.channel(ana, { name: 'browse hidden', visibility: 'private' });
  await chat.say(ana, alpha, 'secret until joined');
  const { items } = await chat.call(boris, browseChannels, { query: 'BROWSE' });
  expect(items.map(({ id }) => id)).toEqual([alpha.id, beta.id]);
  expect(items[0]).toMatchObject({ role: null, lastMessage: null, unread: 0 });
  expect((await chat.call(ana, browseChannels, { query: 'alpha' })).items[0]?.role).toBe('owner');
});

test('a page goes on where the last one ended, also when channels come in between', async () => {
  const ana = chat.person();
  for (const name of ['page b', 'page d', 'page f']) await chat.channel(ana, { name });
  const first = await chat.call(ana, browseChannels, { query: 'page', limit: 2 });
  await chat.channel(ana, { name: 'page a' });
  const second = await chat.call(ana, browseChannels, { query: 'page', limit: 2, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['page b', 'page d', 'page f']);
  expect(second.nextCursor).toBeNull();
});

test('guests browse nothing, and a strange cursor is refused', async () => {
  await chat.channel(chat.person(), { name: 'not for guests' });
  expect(await chat.call(chat.person(undefined, 'guest'), browseChannels, {})).toEqual({ items: [], nextCursor: null });
  expect(await refusal(chat.call(chat.person(), browseChannels, { cursor: '50' }))).toBe('not_found');
});
