import { claimSetupLink, readSetupLink } from '../../../contracts/auth/team.ts';
import { type AuthBench, openAuthBench, publicUrl } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
});
afterEach(() => bench.stop());

describe('auth.claimSetupLink', () => {
  test('gives the link to the first process and again to the same', async () => {
    const { token } = await bench.call(readSetupLink, {});
    const link = { url: `${publicUrl}/setup#${token ?? ''}` };
    expect(await bench.call(claimSetupLink, {})).toEqual(link);
    expect(await bench.call(claimSetupLink, {})).toEqual(link);
  });

  test('gives it to one of two processes', async () => {
    const other = await bench.another();
    const both = await Promise.all([bench.call(claimSetupLink, {}), other.call(claimSetupLink, {})]);
    expect(both.filter(({ url }) => url !== null)).toHaveLength(1);
    await other.stop();
  });

  test('gives it to nobody once the team exists', async () => {
    await bench.owner();
    expect(await bench.call(claimSetupLink, {})).toEqual({ url: null });
  });
});
