import { getKeys, rotateKeys } from '../../../contracts/auth/keys.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
  await bench.owner();
});
afterAll(() => bench.stop());

const kids = async (): Promise<unknown[]> => (await bench.call(getKeys, {})).keys.map((key) => key['kid']);
const kidOf = (token: string): unknown => (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: unknown }).kid;

describe('auth.rotateKeys', () => {
  test('publishes another key, which signs in a day', async () => {
    const [old] = await kids();
    const { kid, signsFrom } = await bench.call(rotateKeys, { now: false });
    expect(await kids()).toEqual([kid, old]);
    expect(Date.parse(signsFrom)).toBe(bench.clock.now() + 86_400_000);
    expect(kidOf((await bench.signIn('olga')).signedIn.accessToken)).toBe(old);
  });

  test('ends every former key at once when it must be now, on another process as well', async () => {
    const other = await bench.another();
    const { kid } = await bench.call(rotateKeys, { now: true });
    expect(await kids()).toEqual([kid]);
    bench.clock.advance(1_001);
    expect((await other.call(getKeys, {})).keys.map((key) => key['kid'])).toEqual([kid]);
    expect(kidOf((await other.signIn('olga')).signedIn.accessToken)).toBe(kid);
    await other.stop();
  });
});
