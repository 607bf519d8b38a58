import { readSetupLink } from '../../../contracts/auth/team.ts';
import { type AuthBench, openAuthBench, publicUrl } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.readSetupLink gives one link on every process, another under another secret, and none once the team exists', async () => {
  const link = await bench.call(readSetupLink, {});
  expect(link.token).toMatch(/^[\w-]{43}$/);
  expect(link.url).toBe(`${publicUrl}/setup#${link.token ?? ''}`);
  const second = await bench.another();
  expect(await second.call(readSetupLink, {})).toEqual(link);
  await second.stop();
  const withAnotherSecret = await bench.another({ secret: 'a secret that was changed' });
  const fresh = await withAnotherSecret.call(readSetupLink, {});
  expect(fresh.token).toMatch(/^[\w-]{43}$/);
  expect(fresh.token).not.toBe(link.token);
  await withAnotherSecret.stop();
  await bench.owner();
  expect(await bench.call(readSetupLink, {})).toEqual({ token: null, url: null });
});
