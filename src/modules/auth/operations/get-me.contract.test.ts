import { getMe } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.getMe', () => {
  test('shows the caller with their address, and no hash of anything', async () => {
    const olga = await bench.owner();
    const me = await bench.call(getMe, {}, olga);
    expect(me).toEqual(olga.user);
    expect(me.email).toBe('olga@example.org');
    expect(Object.keys(me).sort()).toEqual(['active', 'avatarUrl', 'createdAt', 'displayName', 'email', 'id', 'role', 'username']);
  });

  test('needs somebody who exists', async () => {
    await expect(bench.call(getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    const actor = { userId: newId(), sessionId: newId(), role: 'member' as const };
    await expect(bench.call(getMe, {}, { actor })).rejects.toMatchObject({ code: 'not_found' });
  });
});
