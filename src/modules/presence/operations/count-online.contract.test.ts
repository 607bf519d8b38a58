import { countOnline } from '../../../contracts/presence/statuses.ts';
import { systemContext } from '../../../kernel/context.ts';
import { openAppWithTeam, type AppWithTeam } from '../../../../test/harness/app-with-team.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('people are counted, not their devices', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  await Promise.all([ana.comesOnline(), ana.comesOnline(), boris.comesOnline()]);
  const watching = await ana.device();
  await watching.command('presence:subscribe', { userIds: [ana.id, boris.id] });
  expect(await opened.app.kernel.bus.call(countOnline, {}, systemContext())).toEqual({ online: 2 });
});
