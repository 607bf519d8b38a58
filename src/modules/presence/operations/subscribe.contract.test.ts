import { openTestHouse, type TestHouse } from '../../../../test/harness/house.ts';
import { Team } from '../../../../test/harness/team.ts';

let house: TestHouse;
let team: Team;
beforeAll(async () => {
  house = await openTestHouse();
  team = await Team.create([house.url], house.config.dataDir);
});
afterAll(async () => {
  await team.leaves();
  await house.close();
});

test('a later subscription takes the place of an earlier one', async () => {
  const [ana, boris, clara] = await team.actors('ana', 'boris', 'clara');
  const watching = await ana.comesOnline();
  await watching.command('presence:subscribe', { userIds: [boris.id] });
  await watching.command('presence:subscribe', { userIds: [clara.id] });
  await boris.comesOnline();
  await clara.comesOnline();
  await watching.hears('presence:changed', ({ userId }) => userId === clara.id);
  expect(watching.all('presence:changed').map(({ userId }) => userId)).toEqual([clara.id]);
});
