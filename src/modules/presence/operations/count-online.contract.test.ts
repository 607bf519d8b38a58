import { countOnline } from '../../../contracts/presence/operations.ts';
import { houseContext } from '../../../kernel/context.ts';
import { openHouseWithTeam, type HouseWithTeam } from '../../../../test/harness/house-with-team.ts';

let opened: HouseWithTeam;
beforeAll(async () => {
  opened = await openHouseWithTeam();
});
afterAll(() => opened.close());

test('people are counted, not their devices', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  await Promise.all([ana.comesOnline(), ana.comesOnline(), boris.comesOnline()]);
  const watching = await ana.device();
  await watching.command('presence:subscribe', { userIds: [ana.id, boris.id] });
  expect(await opened.house.kernel.bus.call(countOnline, {}, houseContext())).toEqual({ online: 2 });
});
