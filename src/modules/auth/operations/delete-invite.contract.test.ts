import { createInvite, deleteInvite, getInvite } from '../../../contracts/auth/invites.ts';
import { type AuthBench, openAuthBench, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
let ana: Person;
beforeAll(async () => {
  await bench.owner();
  ana = await bench.person('ana');
});
const inviteOf = async (person: Person) => (await bench.call(createInvite, {}, person)).code;

describe('auth.deleteInvite', () => {
  test('withdraws one’s own, which then opens nothing', async () => {
    const code = await inviteOf(ana);
    await bench.call(deleteInvite, { code }, ana);
    await expect(bench.call(getInvite, { code })).rejects.toMatchObject({ code: 'invalid_invite' });
  });

  test('withdraws anyone’s for an admin', async () => {
    const code = await inviteOf(ana);
    await expect(bench.call(deleteInvite, { code }, await bench.person('adam', 'admin'))).resolves.toEqual({});
  });

  test('answers another’s and an unknown one alike', async () => {
    const code = await inviteOf(ana);
    const ben = await bench.person('ben');
    const refusals = await Promise.all(
      [code, 'unknown', "x' OR 1=1 --"].map((asked) => bench.call(deleteInvite, { code: asked }, ben).catch((error: unknown) => error)),
    );
    expect(refusals[0]).toMatchObject({ code: 'not_found' });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(refusals[2]).toEqual(refusals[0]);
    await expect(bench.call(getInvite, { code })).resolves.toBeDefined();
  });
});
