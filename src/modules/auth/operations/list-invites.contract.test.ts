import { createInvite, listInvites } from '../../../contracts/auth/invites.ts';
import { register } from '../../../contracts/auth/registration.ts';
import { days } from '../../../kernel/clock.ts';
import { type AuthBench, openAuthBench, password, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
const codes = async (by: Person) => (await bench.call(listInvites, {}, by)).items.map(({ code }) => code);

test('auth.listInvites shows members their own open invites, and admins everyone’s', async () => {
  const [owner, admin] = [await bench.owner(), await bench.owner().then(() => bench.person('adam', 'admin'))];
  const [ana, ben] = [await bench.person('ana'), await bench.person('ben')];
  const short = await bench.call(createInvite, { expiresIn: 3600 }, ana);
  const once = await bench.call(createInvite, { maxUses: 1 }, ana);
  bench.clock.advance(1);
  const bens = await bench.call(createInvite, {}, ben);
  expect((await codes(ana)).sort()).toEqual([short.code, once.code].sort());
  expect(await codes(ben)).toEqual([bens.code]);
  for (const all of [await codes(owner), await codes(admin)]) expect(all).toHaveLength(3);
  expect((await codes(owner))[0]).toBe(bens.code);

  await bench.call(register, { email: 'cleo@example.org', username: 'cleo', password, inviteCode: once.code });
  expect(await codes(ana)).toEqual([short.code]);
  bench.clock.advance(days(1));
  expect(await codes(ana)).toEqual([]);
});
