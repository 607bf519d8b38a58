import { addMembers, removeMember } from '../../../contracts/chat/members.ts';
import { createConversation, deleteConversation } from '../../../contracts/chat/conversations.ts';
import { AppError } from '../../../kernel/errors.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open('on');
});
afterAll(() => chat.close());

const openGroups = async (by: TestPerson, others: readonly TestPerson[], count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let opened = 0; opened < count; opened++) ids.push((await chat.group(by, others)).id);
  return ids;
};

test('a person opens 30 conversations an hour, of any kind, and is refused after that', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  await openGroups(ana, [boris], 28);
  await chat.direct(ana, boris);
  await chat.channel(ana);
  for (const kind of ['group', 'channel'] as const) {
    const refused = chat.call(ana, createConversation, { kind, name: 'one more', memberIds: [boris.userId] });
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', retryAfter: expect.closeTo(3_600, -2) as number });
  }
  expect(await refusal(chat.direct(ana, chat.person()))).toBe('rate_limited');
  expect((await chat.group(boris, [ana])).memberCount).toBe(2);
});

test('removing what one opened gives nothing back', async () => {
  const ana = chat.person();
  for (const id of await openGroups(ana, [], 30)) await chat.call(ana, deleteConversation, { conversationId: id });
  expect(await refusal(chat.group(ana))).toBe('rate_limited');
});

test('coming back to a direct conversation costs nothing, also when the hour is used up', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.direct(ana, boris);
  for (let count = 0; count < 40; count++) expect((await chat.direct(ana, boris)).id).toBe(id);
  await openGroups(ana, [], 29);
  expect(await refusal(chat.group(ana))).toBe('rate_limited');
  expect((await chat.direct(ana, boris)).id).toBe(id);
});

test('an hour later there are 30 again', async () => {
  const ana = chat.person();
  /** As if so much of the hour had passed, by the clock of the database, which decides. */
  const pass = (seconds: number) =>
    chat.query('UPDATE chat.budgets SET ends_at = ends_at - make_interval(secs => $2) WHERE user_id = $1', [ana.userId, seconds]);
  await openGroups(ana, [], 30);
  await pass(3_000);
  const error = await chat.group(ana).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ retryAfter: expect.closeTo(600, -2) as number });
  await pass(600);
  await openGroups(ana, [], 30);
  expect(await refusal(chat.group(ana))).toBe('rate_limited');
});

test('bringing others into conversations is bounded, however few each call names', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const [id = ''] = await openGroups(ana, [], 1);
  const add = () => chat.call(ana, addMembers, { conversationId: id, userIds: [boris.userId] });
  const remove = () => chat.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  for (let count = 0; count < 60; count++) {
    await add();
    // Who is in already is brought in by nothing.
    await add();
    await remove();
  }
  expect(await refusal(add())).toBe('rate_limited');
  await expect(chat.call(ana, addMembers, { conversationId: id, userIds: [ana.userId] })).resolves.toMatchObject({ id });
});
