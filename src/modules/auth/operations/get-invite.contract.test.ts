import { createInvite, getInvite } from '../../../contracts/auth/invites.ts';
import { disableUser } from '../../../contracts/auth/accounts.ts';
import { days } from '../../../kernel/clock.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());
const shut = expect.objectContaining({ code: 'invalid_invite', status: 403 }) as unknown;

describe('auth.getInvite', () => {
  test('shows a newcomer who invites them, to what, and as what', async () => {
    const { code } = await bench.call(createInvite, { role: 'guest' }, await bench.owner());
    expect(await bench.call(getInvite, { code })).toEqual({ teamName: 'Test team', invitedBy: 'olga', role: 'guest' });
  });

  test('is shut when it expired, when its maker was closed, and when it never was', async () => {
    const ana = await bench.person('ana');
    const { code } = await bench.call(createInvite, {}, ana);
    const { code: short } = await bench.call(createInvite, { expiresIn: 60 }, await bench.owner());
    await bench.call(disableUser, { userId: ana.user.id }, await bench.owner());
    bench.clock.advance(days(1));
    for (const asked of [code, short, 'never', 'with\u0000nul', '\ud800'])
      await expect(bench.call(getInvite, { code: asked })).rejects.toEqual(shut);
  });
});
