import { disableUser, readRecipients } from '../../../contracts/auth/accounts.ts';
import { changeUserSettings } from '../../../contracts/auth/own-settings.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('active people come with their addresses and what they chose', async () => {
  const owner = await bench.owner();
  const [ana, boris, gone] = [await bench.person('ana'), await bench.person('boris'), await bench.person('gone')];
  await bench.call(disableUser, { userId: gone.user.id }, owner);
  await bench.call(changeUserSettings, { 'appearance.language': 'ru' }, ana);
  const { items } = await bench.call(readRecipients, { userIds: [ana.user.id, boris.user.id, gone.user.id, newId()] });
  expect(new Map(items.map(({ user, email, settings }) => [user.id, [email, settings]]))).toEqual(
    new Map([
      [ana.user.id, [ana.user.email, { 'appearance.language': 'ru' }]],
      [boris.user.id, [boris.user.email, {}]],
    ]),
  );
});
