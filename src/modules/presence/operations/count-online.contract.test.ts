import { countOnline } from '../../../contracts/presence/operations.ts';
import { houseContext } from '../../../kernel/context.ts';
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

test('people are counted, not their devices', async () => {
  const [ana, boris] = await team.actors('ana', 'boris');
  await Promise.all([ana.comesOnline(), ana.comesOnline(), boris.comesOnline()]);
  const watching = await ana.device();
  await watching.command('presence:subscribe', { userIds: [ana.id, boris.id] });
  expect(await house.kernel.bus.call(countOnline, {}, houseContext())).toEqual({ online: 2 });
});
