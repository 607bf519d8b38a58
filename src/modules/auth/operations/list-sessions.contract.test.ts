import { listSessions, logOut, refresh } from '../../../contracts/auth/sessions.ts';
import { days, minutes } from '../../../kernel/clock.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.listSessions', () => {
  test('lists the caller’s own devices, the last used first, and says which one asks', async () => {
    const desk = await bench.owner();
    const phone = await bench.signIn('olga', { device: 'a phone', address: '203.0.113.5' });
    await bench.person('somebody.else');
    bench.clock.advance(minutes(1));
    await bench.call(refresh, { refreshToken: desk.signedIn.refreshToken });
    const { items } = await bench.call(listSessions, {}, phone);
    expect(items).toMatchObject([
      { id: desk.actor.sessionId, current: false, device: 'a browser', lastUsedAt: bench.clock.timestamp() },
      { id: phone.actor.sessionId, current: true, device: 'a phone', address: '203.0.113.5' },
    ]);
  });

  test('leaves out those that ended', async () => {
    const gone = await bench.signIn('olga');
    await bench.call(logOut, {}, gone);
    bench.clock.advance(days(31));
    const here = await bench.signIn('olga');
    expect((await bench.call(listSessions, {}, here)).items.map(({ id }) => id)).toEqual([here.actor.sessionId]);
  });

  test('keeps what a device calls itself, whatever that is', async () => {
    const odd = await bench.signIn('olga', { device: 'nul \u0000 and \ud800 surrogate' });
    const { items } = await bench.call(listSessions, {}, odd);
    expect(items.find(({ current }) => current)?.device).toBe('nul  and \ufffd surrogate');
  });
});
