import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { getKeys } from '../../../contracts/auth/keys.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.getKeys', () => {
  test('publishes what verifies access tokens and nothing that signs them', async () => {
    const { keys } = await bench.call(getKeys, {}, { actor: null });
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const { signedIn } = await bench.owner();
    const key = createPublicKey({ key: keys[0] as JsonWebKey, format: 'jwk' });
    const verified = () => jwt.verify(signedIn.accessToken, key, { algorithms: ['ES256'], ignoreExpiration: true });
    expect(verified).not.toThrow();
  });

  test('publishes the same on every process', async () => {
    const second = await bench.another();
    expect(await second.call(getKeys, {})).toEqual(await bench.call(getKeys, {}));
    await second.stop();
  });
});
