import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getTeam, readSetupLink, setUp, teamCreated } from '../../../contracts/auth/team.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';

import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeEach(async () => {
  bench = await openAuthBench();
});
afterEach(() => bench.stop());

const team = { teamName: 'Harbour', email: 'olga@example.org', username: 'olga', password };
const readToken = async (): Promise<string> => (await bench.call(readSetupLink, {})).token ?? '';
const tokenFile = (): string => join(bench.dataDir, 'setup-token');

describe('auth.setUp', () => {
  test('makes the owner, names the team, signs in and is published', async () => {
    const answer = await bench.call(setUp, { ...team, displayName: 'Olga', token: await readToken() });
    expect(answer.user).toMatchObject({ username: 'olga', displayName: 'Olga', role: 'owner', active: true, email: 'olga@example.org' });
    expect(answer).toMatchObject({
      accessToken: expect.any(String) as unknown,
      refreshToken: expect.any(String) as unknown,
      expiresIn: 600,
    });
    expect(await bench.call(getTeam, {})).toMatchObject({ name: 'Harbour', setUp: true });
    expect(bench.received(teamCreated)).toEqual([{ ownerId: answer.user.id, teamName: 'Harbour' }]);
    expect(bench.received(userCreated)[0]?.user).not.toHaveProperty('email');
  });

  test('finds its token in a file that only its owner may read, and takes the file away', async () => {
    expect(readFileSync(tokenFile(), 'utf8').trim()).toBe(await readToken());
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    await bench.owner();
    expect(existsSync(tokenFile())).toBe(false);
  });

  test('refuses a token that is not the one of this server', async () => {
    await expect(bench.call(setUp, { ...team, token: 'x' })).rejects.toMatchObject({ code: 'invalid_token' });
    await expect(bench.call(setUp, { ...team, token: `${await readToken()}x` })).rejects.toMatchObject({ code: 'invalid_token' });
  });

  test('answers already_set_up the second time, whatever the token', async () => {
    const token = await readToken();
    await bench.owner();
    const again = { ...team, username: 'eve', email: 'eve@example.org' };
    await expect(bench.call(setUp, { ...again, token })).rejects.toMatchObject({ code: 'already_set_up', status: 409 });
    await expect(bench.call(setUp, { ...again, token: 'x' })).rejects.toMatchObject({ code: 'already_set_up' });
  });

  test('of two that come at once makes one owner', async () => {
    const token = await readToken();
    const both = ['ana', 'ben'].map((name) => bench.call(setUp, { ...team, username: name, email: `${name}@example.org`, token }));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await bench.database.query("SELECT count(*) AS owners FROM auth.users WHERE role = 'owner'")).toEqual([{ owners: 1 }]);
  });

  test('refuses a weak password and keeps the token', async () => {
    const token = await readToken();
    await expect(bench.call(setUp, { ...team, password: 'password1', token })).rejects.toMatchObject({ code: 'weak_password' });
    expect(await readToken()).toBe(token);
  });

  test('refuses fields it does not know', async () => {
    const token = await readToken();
    await expect(bench.call(setUp, { ...team, token, role: 'admin' } as never)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
