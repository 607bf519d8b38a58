import { readActivity } from '../../../contracts/presence/statuses.ts';
import { systemContext } from '../../../kernel/context.ts';
import { openAppWithTeam, type AppWithTeam } from '../../../../test/harness/app-with-team.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('somebody invisible is online to what is sent to them', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  await ana.comesOnline();
  await ana.api.ok('PUT', '/presence/me', { status: 'invisible' });
  const { items } = await opened.app.kernel.bus.call(readActivity, { userIds: [ana.id, boris.id] }, systemContext());
  expect(items).toEqual([
    { userId: ana.id, online: true, chosen: 'invisible' },
    { userId: boris.id, online: false, chosen: 'online' },
  ]);
});
