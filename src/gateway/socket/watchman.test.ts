import type { Actor } from '../../kernel/context.ts';
import { issuer, newKey, Porch } from '../porch-bench.ts';
import { Sessions } from '../sessions.ts';
import { FanOut } from './fan-out.ts';
import { wired, type Wired } from './link-bench.ts';
import { Rooms } from './rooms.ts';
import { Watchman } from './watchman.ts';

let porch: Porch;
let rooms: Rooms;
let fanOut: FanOut;
let sessions: Sessions;
let watchman: Watchman;

beforeEach(() => {
  porch = new Porch();
  rooms = new Rooms();
  fanOut = new FanOut(rooms, () => undefined);
  sessions = new Sessions({ bus: porch.bus, clock: porch.clock, issuer });
  watchman = new Watchman({ rooms, sessions, fanOut, clock: porch.clock });
});

function comes(actor: Actor = porch.signIn(), expiresAt = Infinity): Wired {
  const one = wired(actor, { expiresAt, keyId: porch.keys[0]?.kid ?? '' });
  rooms.enter(one.link);
  return one;
}

const state = ({ link, wire }: Wired): object => ({
  sent: wire.sent,
  closed: wire.isClosed || wire.reason !== null,
  inside: rooms.links.has(link.id),
});
const inside = { sent: [], closed: false, inside: true };
const dismissed = (reason: string) => ({ sent: [`2["session:revoked",{"reason":"${reason}"}]`], closed: true, inside: false });

test('a socket is told and closed when its token has run out, and not before', () => {
  const [ana, boris] = [comes(porch.signIn(), porch.clock.now() + 1_000), comes(porch.signIn(), porch.clock.now() + 9_000)];
  porch.clock.pass(999);
  watchman.closeExpired();
  expect(state(ana)).toEqual(inside);
  porch.clock.pass(1);
  watchman.closeExpired();
  watchman.closeExpired();
  expect(state(ana)).toEqual({ sent: ['2["session:expired",{}]'], closed: true, inside: false });
  expect(state(boris)).toEqual(inside);
});

test('a socket whose key was ended is told to renew and closed within about a second', async () => {
  const ana = comes();
  await sessions.authenticate(porch.token(porch.signIn()));
  watchman.closeExpired();
  expect(state(ana)).toEqual(inside);
  porch.keys.splice(0, 1, newKey());
  porch.clock.pass(1_000);
  watchman.closeExpired();
  await new Promise((resolve) => setImmediate(resolve));
  watchman.closeExpired();
  expect(state(ana)).toEqual({ sent: ['2["session:expired",{}]'], closed: true, inside: false });
});

test('what was on its way is sent before the last word', () => {
  const ana = comes(porch.signIn(), porch.clock.now());
  fanOut.toLink(ana.link, 'ack');
  watchman.closeExpired();
  expect(ana.wire.sent).toEqual(['ack', '2["session:expired",{}]']);
});

test('another role follows, an ended session closes', async () => {
  const [ana, boris] = [porch.signIn('member'), porch.signIn()];
  const [anas, borises] = [comes(ana), comes(boris)];
  porch.actors.set(ana.sessionId, { ...ana, role: 'admin' });
  porch.actors.delete(boris.sessionId);
  await watchman.review();
  expect(anas.link.actor.role).toBe('admin');
  expect(state(anas)).toEqual(inside);
  expect(state(borises)).toEqual(dismissed('expired'));
});

test('many devices of one session cost one look, and nobody costs none', async () => {
  await watchman.review();
  expect(porch.asked.sessions).toBe(0);
  const ana = porch.signIn();
  comes(ana);
  comes(ana);
  comes(porch.signIn());
  await watchman.review();
  expect(porch.asked.sessions).toBe(1);
});

test('a review of some leaves others alone', async () => {
  const [ana, boris] = [porch.signIn(), porch.signIn()];
  const [anas, borises] = [comes(ana), comes(boris)];
  porch.actors.clear();
  await watchman.reviewUsers([ana.userId]);
  expect([state(anas), state(borises)]).toEqual([dismissed('expired'), inside]);
});

test('revoked sessions are told why and closed, every one of a person or those named', () => {
  const ana = porch.signIn();
  const other = porch.signIn('member', ana.userId);
  const [phone, laptop, boris] = [comes(ana), comes(other), comes()];
  watchman.revoke({ userId: ana.userId, sessionIds: [ana.sessionId], reason: 'logged_out' });
  expect([state(phone), state(laptop)]).toEqual([dismissed('logged_out'), inside]);
  watchman.revoke({ userId: ana.userId, reason: 'account_disabled' });
  expect([state(laptop), state(boris)]).toEqual([dismissed('account_disabled'), inside]);
});

test('sessions that cannot be read close nobody', async () => {
  const ana = comes();
  await porch.bus.stop();
  await expect(watchman.review()).rejects.toMatchObject({ code: 'unavailable' });
  expect(state(ana)).toEqual(inside);
});
