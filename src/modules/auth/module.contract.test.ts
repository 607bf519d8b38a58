import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../contracts/registry.ts';
import { getKeys } from '../../contracts/auth/keys.ts';
import { getTeam, readSetupLink } from '../../contracts/auth/team.ts';
import { logIn } from '../../contracts/auth/sessions.ts';
import { type AuthBench, openAuthBench, password } from './auth.fixture.ts';
import { handlers } from './handlers.ts';
import type { AuthParts } from './parts.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('the module', () => {
  test('answers every operation of its contract once', () => {
    const answered = handlers.map((handler) => handler({} as AuthParts).operation.name);
    const declared = operations.map(({ name }) => name).filter((name) => name.startsWith('auth.'));
    expect([...answered].sort()).toEqual([...declared].sort());
  });

  test('starts on several processes at once with one set of keys and one set-up token', async () => {
    const others = await Promise.all([bench.another(), bench.another()]);
    for (const other of others) {
      expect(await other.call(getKeys, {})).toEqual(await bench.call(getKeys, {}));
      expect(await other.call(readSetupLink, {})).toEqual(await bench.call(readSetupLink, {}));
      await other.stop();
    }
  });

  test('takes a file with a spent token away where it starts again', async () => {
    await bench.owner();
    const again = await bench.another();
    expect(existsSync(join(bench.dataDir, 'setup-token'))).toBe(false);
    expect(await again.call(getTeam, {})).toMatchObject({ setUp: true });
    await again.stop();
  });

  test('counts hashes that wait, and says nothing secret in anything it logged', async () => {
    await bench.call(logIn, { login: 'olga', password }).catch(() => undefined);
    expect(await bench.metrics('confab_password_hashes_waiting')).toBe('confab_password_hashes_waiting 0');
    const { signedIn } = await bench.owner();
    const lines = JSON.stringify(bench.log);
    for (const secret of [password, signedIn.accessToken, signedIn.refreshToken!]) expect(lines).not.toContain(secret);
  });
});
