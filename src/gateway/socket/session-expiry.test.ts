import type { Actor } from '../../kernel/context.ts';
import { issuer, newKey, PipelineFixture } from '../call-pipeline.fixture.ts';
import { Sessions } from '../sessions.ts';
import { FanOut } from './fan-out.ts';
import { wired, type Wired } from './socket-connection.fixture.ts';
import { Rooms } from './rooms.ts';
import { SessionExpiry } from './session-expiry.ts';

let fixture: PipelineFixture;
let rooms: Rooms;
let fanOut: FanOut;
let sessions: Sessions;
let sessionExpiry: SessionExpiry;

beforeEach(() => {
  fixture = new PipelineFixture();
  rooms = new Rooms();
  fanOut = new FanOut(rooms, () => undefined);
  sessions = new Sessions({ bus: fixture.bus, clock: fixture.clock, issuer });
  sessionExpiry = new SessionExpiry({ rooms, sessions, fanOut, clock: fixture.clock });
});

function comes(actor: Actor = fixture.signIn(), expiresAt = Infinity): Wired {
  const one = wired(actor, { expiresAt, keyId: fixture.keys[0]?.kid ?? '' });
  rooms.enter(one.connection);
  return one;
}

const state = ({ connection, wire }: Wired): object => ({
  sent: wire.sent,
  closed: wire.isClosed || wire.reason !== null,
  inside: rooms.connections.has(connection.id),
});
const inside = { sent: [], closed: false, inside: true };
const dismissed = (reason: string) => ({ sent: [`2["session:revoked",{"reason":"${reason}"}]`], closed: true, inside: false });

test('a socket gets the reason and is closed when its token has run out, and not before', () => {
  const [ana, boris] = [comes(fixture.signIn(), fixture.clock.now() + 1_000), comes(fixture.signIn(), fixture.clock.now() + 9_000)];
  fixture.clock.pass(999);
  sessionExpiry.closeExpired();
  expect(state(ana)).toEqual(inside);
  fixture.clock.pass(1);
  sessionExpiry.closeExpired();
  sessionExpiry.closeExpired();
  expect(state(ana)).toEqual({ sent: ['2["session:expired",{}]'], closed: true, inside: false });
  expect(state(boris)).toEqual(inside);
});

test('a socket whose key was ended is asked to renew and closed within about a second', async () => {
  const ana = comes();
  await sessions.authenticate(fixture.token(fixture.signIn()));
  sessionExpiry.closeExpired();
  expect(state(ana)).toEqual(inside);
  fixture.keys.splice(0, 1, newKey());
  fixture.clock.pass(1_000);
  sessionExpiry.closeExpired();
  await new Promise((resolve) => setImmediate(resolve));
  sessionExpiry.closeExpired();
  expect(state(ana)).toEqual({ sent: ['2["session:expired",{}]'], closed: true, inside: false });
});

test('what was on its way is sent before the last word', () => {
  const ana = comes(fixture.signIn(), fixture.clock.now());
  fanOut.toConnection(ana.connection, 'ack');
  sessionExpiry.closeExpired();
  expect(ana.wire.sent).toEqual(['ack', '2["session:expired",{}]']);
});

test('another role follows, an ended session closes', async () => {
  const [ana, boris] = [fixture.signIn('member'), fixture.signIn()];
  const [anas, borises] = [comes(ana), comes(boris)];
  fixture.actors.set(ana.sessionId, { ...ana, role: 'admin' });
  fixture.actors.delete(boris.sessionId);
  await sessionExpiry.review();
  expect(anas.connection.actor.role).toBe('admin');
  expect(state(anas)).toEqual(inside);
  expect(state(borises)).toEqual(dismissed('expired'));
});

test('many devices of one session cost one look, and nobody costs none', async () => {
  await sessionExpiry.review();
  expect(fixture.asked.sessions).toBe(0);
  const ana = fixture.signIn();
  comes(ana);
  comes(ana);
  comes(fixture.signIn());
  await sessionExpiry.review();
  expect(fixture.asked.sessions).toBe(1);
});

test('a review of some leaves others alone', async () => {
  const [ana, boris] = [fixture.signIn(), fixture.signIn()];
  const [anas, borises] = [comes(ana), comes(boris)];
  fixture.actors.clear();
  await sessionExpiry.reviewUsers([ana.userId]);
  expect([state(anas), state(borises)]).toEqual([dismissed('expired'), inside]);
});

test('revoked sessions get the reason and are closed, every one of a person or those named', () => {
  const ana = fixture.signIn();
  const other = fixture.signIn('member', ana.userId);
  const [phone, laptop, boris] = [comes(ana), comes(other), comes()];
  sessionExpiry.revoke({ userId: ana.userId, sessionIds: [ana.sessionId], reason: 'logged_out' });
  expect([state(phone), state(laptop)]).toEqual([dismissed('logged_out'), inside]);
  sessionExpiry.revoke({ userId: ana.userId, reason: 'account_disabled' });
  expect([state(laptop), state(boris)]).toEqual([dismissed('account_disabled'), inside]);
});

test('sessions that cannot be read close nobody', async () => {
  const ana = comes();
  await fixture.bus.stop();
  await expect(sessionExpiry.review()).rejects.toMatchObject({ code: 'unavailable' });
  expect(state(ana)).toEqual(inside);
});
