import { teamCreated } from '../../../contracts/auth/team.ts';
import { listConversations } from '../../../contracts/chat/conversations.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a new team gets a public channel that its owner owns; twice is once', async () => {
  const olga = chat.person('olga', 'owner');
  for (let count = 0; count < 2; count++) await chat.deliver(teamCreated, { ownerId: olga.userId, teamName: 'Team' });
  const { items } = await chat.call(olga, listConversations, {});
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ kind: 'channel', name: 'general', visibility: 'public', role: 'owner' });
});
