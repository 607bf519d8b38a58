import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { uploads } from '../../../../test/harness/files.ts';
import { checkStore } from '../../../contracts/media/upkeep.ts';
import { systemContext } from '../../../kernel/context.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('media.checkStore: a step looks at both sides, and goes on after the last key', async () => {
  const ana = await opened.team.actor('ana');
  for (let count = 0; count < 25; count++) await uploads(ana, `text ${String(count)}`);
  const ask = (after: string | null, digest: boolean) => opened.app.kernel.bus.call(checkStore, { after, digest }, systemContext());
  expect(await ask(null, false)).toEqual({ looked: 25, lacking: [], orphans: [], next: null });
  const first = await ask(null, true);
  expect([first.looked, first.next]).toEqual([20, expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect(await ask(first.next, true)).toEqual({ looked: 5, lacking: [], orphans: [], next: null });
});
