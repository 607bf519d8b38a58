import { openAppWithTeam, type AppWithTeam } from '../../../../test/harness/app-with-team.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('a later subscription takes the place of an earlier one', async () => {
  const [ana, boris, clara] = await opened.team.actors('ana', 'boris', 'clara');
  const watching = await ana.comesOnline();
  await watching.command('presence:subscribe', { userIds: [boris.id] });
  await watching.command('presence:subscribe', { userIds: [clara.id] });
  await boris.comesOnline();
  await clara.comesOnline();
  await watching.receives('presence:changed', ({ userId }) => userId === clara.id);
  expect(watching.all('presence:changed').map(({ userId }) => userId)).toEqual([clara.id]);
});
