import { getTeam } from '../../../contracts/auth/team.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.getTeam answers anyone with what they need before they sign in, and whether the team exists', async () => {
  const before = await bench.call(getTeam, {}, { actor: null });
  expect(before).toEqual({ name: 'Confab', setUp: false, registration: 'open', version: '0.0.0' });
  await bench.owner();
  await bench.settings.update({ registration: 'closed' });
  expect(await bench.call(getTeam, {})).toMatchObject({ name: 'Test team', setUp: true, registration: 'closed' });
});
