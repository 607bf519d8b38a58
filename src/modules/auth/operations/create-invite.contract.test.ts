import { createInvite } from '../../../contracts/auth/invites.ts';
import { days } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, publicUrl } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());
const inDays = (count: number): string => new Date(bench.clock.now() + days(count)).toISOString();

describe('auth.createInvite', () => {
  test('makes a link of the team’s own origin that holds for a week', async () => {
    const ana = await bench.person('ana');
    const invite = await bench.call(createInvite, {}, ana);
    expect(invite).toEqual({
      code: expect.stringMatching(/^[\w-]{22}$/) as unknown,
      url: `${publicUrl}/invite/${invite.code}`,
      role: 'member',
      maxUses: null,
      uses: 0,
      conversationIds: [],
      createdBy: ana.user.id,
      createdAt: bench.clock.timestamp(),
      expiresAt: inDays(7),
    });
  });

  test('takes what it is for', async () => {
    const conversationIds = [newId(), newId()];
    const asked = { maxUses: 3, expiresIn: 86_400, role: 'guest' as const, conversationIds };
    const invite = await bench.call(createInvite, asked, await bench.owner());
    expect(invite).toMatchObject({ maxUses: 3, role: 'guest', conversationIds, expiresAt: inDays(1) });
  });

  test('lets only owners invite admins, and nobody an owner', async () => {
    const admin = await bench.person('adam', 'admin');
    await expect(bench.call(createInvite, { role: 'admin' }, admin)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await bench.call(createInvite, { role: 'admin' }, await bench.owner())).toMatchObject({ role: 'admin' });
    const owners = bench.call(createInvite, { role: 'owner' } as never, await bench.owner());
    await expect(owners).rejects.toMatchObject({ code: 'validation_failed' });
  });

  test('lets no guest invite, and members only where everyone may', async () => {
    const [guest, member] = [await bench.person('gus', 'guest'), await bench.person('mia')];
    await expect(bench.call(createInvite, {}, guest)).rejects.toMatchObject({ code: 'forbidden' });
    await bench.settings.update({ invitesBy: 'admins' });
    await expect(bench.call(createInvite, {}, member)).rejects.toMatchObject({ code: 'forbidden' });
    await bench.settings.update({ invitesBy: 'everyone' });
    await expect(bench.call(createInvite, {}, member)).resolves.toBeDefined();
  });

  test.each([{ maxUses: 0 }, { maxUses: 1.5 }, { expiresIn: 1 }, { conversationIds: ['x'] }, { code: 'mine' }, { createdBy: newId() }])(
    'refuses %j',
    async (input) => {
      await expect(bench.call(createInvite, input as never, await bench.owner())).rejects.toMatchObject({ code: 'validation_failed' });
    },
  );
});
