import { changeRole, disableUser, enableUser } from '../../../contracts/auth/accounts.ts';
import { logOut, readSessions } from '../../../contracts/auth/sessions.ts';
import { days } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
beforeAll(() => bench.owner());
const read = async (...people: Person[]) =>
  (await bench.call(readSessions, { sessionIds: people.map(({ actor }) => actor.sessionId) })).items;

describe('auth.readSessions', () => {
  test('answers in the order asked, null for what is not', async () => {
    const [owner, ana] = [await bench.owner(), await bench.person('ana')];
    const sessionIds = [ana.actor.sessionId, newId(), owner.actor.sessionId, ana.actor.sessionId];
    expect((await bench.call(readSessions, { sessionIds })).items).toEqual([ana.actor, null, owner.actor, ana.actor]);
    expect(await bench.call(readSessions, { sessionIds: [] })).toEqual({ items: [] });
  });

  test('answers the current role', async () => {
    const ben = await bench.person('ben');
    await bench.call(changeRole, { userId: ben.user.id, role: 'guest' }, await bench.owner());
    expect(await read(ben)).toEqual([{ ...ben.actor, role: 'guest' }]);
  });

  test('forgets a session that was logged out, of a closed account also when that opens again', async () => {
    const [cleo, dan] = [await bench.person('cleo'), await bench.person('dan')];
    await bench.call(logOut, {}, cleo);
    await bench.call(disableUser, { userId: dan.user.id }, await bench.owner());
    expect(await read(cleo, dan)).toEqual([null, null]);
    await bench.call(enableUser, { userId: dan.user.id }, await bench.owner());
    expect(await read(dan)).toEqual([null]);
  });

  test('forgets a session that was left alone for thirty days', async () => {
    const eve = await bench.person('eve');
    bench.clock.advance(days(30));
    expect(await read(eve)).toEqual([null]);
  });
});
