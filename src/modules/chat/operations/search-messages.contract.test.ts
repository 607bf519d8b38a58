import { wholeAnswer } from '../../../../test/harness/whole-answer.ts';
import type { RawInput } from '../../../contracts/define.ts';
import { removeMember } from '../../../contracts/chat/members.ts';
import { searchMessages } from '../../../contracts/chat/search.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const search = (as: TestPerson, input: RawInput<typeof searchMessages>) => wholeAnswer(() => chat.call(as, searchMessages, input));

test('words are found in any form, and pages run from newest to oldest', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  for (const text of ['встреча завтра', 'о встречах', 'nothing', 'встречи']) await chat.say(ana, { id }, text);
  const first = await search(ana, { q: 'встречу', limit: 2 });
  expect(first.items.map(({ text }) => text)).toEqual(['встречи', 'о встречах']);
  const second = await search(ana, { q: 'встречу', limit: 2, cursor: first.nextCursor ?? '' });
  expect([second.items.map(({ text }) => text), second.nextCursor]).toEqual([['встреча завтра'], null]);
});

test('nothing of others’ conversations is found, not even when they are named', async () => {
  const { id } = await chat.group(chat.person());
  const ana = chat.person();
  const owner = chat.person();
  const other = await chat.group(owner);
  await chat.say(owner, other, 'confidential');
  expect((await search(ana, { q: 'confidential' })).items).toEqual([]);
  expect((await search(ana, { q: 'confidential', in: other.id })).items).toEqual([]);
  expect((await search(ana, { q: 'confidential', in: id })).items).toEqual([]);
});

test('a query without a word finds nothing, a strange cursor is refused', async () => {
  const ana = chat.person();
  await chat.say(ana, await chat.group(ana), 'text !!!');
  expect(await search(ana, { q: '!!!' })).toEqual({ items: [], nextCursor: null });
  expect(await refusal(chat.call(ana, searchMessages, { q: 'text', cursor: newId() }))).toBe('not_found');
  expect(await refusal(chat.call(ana, searchMessages, { q: '  ' }))).toBe('validation_failed');
});

test('a guest searches by sender among those they share a conversation with', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const guest = chat.person(undefined, 'guest');
  const group = await chat.group(ana, [boris, guest]);
  for (const person of [ana, boris, guest]) await chat.say(person, group, 'agenda');
  const foundOf = async (as: TestPerson, from: string) => (await search(as, { q: 'agenda', from })).items.length;
  expect([await foundOf(guest, boris.userId), await foundOf(guest, guest.userId)]).toEqual([1, 1]);
  await chat.call(boris, removeMember, { conversationId: group.id, userId: boris.userId });
  expect([await foundOf(guest, boris.userId), await foundOf(ana, boris.userId)]).toEqual([0, 1]);
});
