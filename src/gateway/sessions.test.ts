import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { isAppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { issuer, newKey, PipelineFixture } from './call-pipeline.fixture.ts';
import { Sessions } from './sessions.ts';

let fixture: PipelineFixture;
let sessions: Sessions;

beforeEach(() => {
  fixture = new PipelineFixture();
  sessions = new Sessions({ bus: fixture.bus, clock: fixture.clock, issuer });
});

const answerTo = async (token: string): Promise<string> => {
  try {
    await sessions.authenticate(token);
    return 'in';
  } catch (error) {
    return isAppError(error) ? error.code : 'internal';
  }
};

describe('a token', () => {
  test('of ours names its user and its end', async () => {
    const ana = fixture.signIn('admin');
    const { actor, expiresAt } = await sessions.authenticate(fixture.token(ana));
    expect(actor).toEqual(ana);
    expect(expiresAt).toBe((Math.floor(fixture.clock.now() / 1000) + 900) * 1000);
  });

  const second = () => Math.floor(fixture.clock.now() / 1000);
  test.each<[string, () => string]>([
    ['that is no token', () => 'abc'],
    ['of three words', () => 'a.b.c'],
    ['that is empty', () => ''],
    ['without a signature', () => unsigned(fixture.token(fixture.signIn()))],
    ['with another signature', () => `${fixture.token(fixture.signIn()).slice(0, -8)}AAAAAAAA`],
    ['whose claims were changed', () => withClaims(fixture.token(fixture.signIn()), { sub: newId() })],
    ['signed with the public key as a secret', () => confused(fixture.token(fixture.signIn()))],
    ['of another issuer', () => fixture.token(fixture.signIn(), { claims: { iss: 'https://evil.net' } })],
    ['for another audience', () => fixture.token(fixture.signIn(), { claims: { aud: 'another' } })],
    ['of another type', () => fixture.token(fixture.signIn(), { header: { typ: 'JWT' } })],
    ['without a key id', () => fixture.token(fixture.signIn(), { header: { kid: '' } })],
    ['that has expired', () => fixture.token(fixture.signIn(), { claims: { exp: second() - 1 } })],
    ['that is not valid yet', () => fixture.token(fixture.signIn(), { claims: { nbf: second() + 60 } })],
    ['without a session', () => fixture.token(fixture.signIn(), { claims: { sid: 7 } })],
    ['signed by nobody we know', () => fixture.token(fixture.signIn(), { key: newKey() })],
    ['signed by a stranger in our name', () => fixture.token(fixture.signIn(), { key: { ...newKey(), kid: fixture.keys[0]?.kid ?? '' } })],
    ['of another’s session', () => fixture.token({ ...fixture.signIn(), userId: newId() })],
    ['of a session that is none', () => fixture.token({ userId: newId(), sessionId: newId(), role: 'owner' })],
  ])('%s is refused', async (_what, make) => {
    expect(await answerTo(make())).toBe('unauthenticated');
  });

  test('is refused from the second it expires, although it was good before', async () => {
    const token = fixture.token(fixture.signIn());
    expect(await answerTo(token)).toBe('in');
    fixture.clock.pass(899_000);
    expect(await answerTo(token)).toBe('in');
    fixture.clock.pass(1_000);
    expect(await answerTo(token)).toBe('unauthenticated');
  });
});

describe('keys', () => {
  test('are read once for many tokens', async () => {
    await Promise.all(Array.from({ length: 50 }, () => sessions.authenticate(fixture.token(fixture.signIn()))));
    expect(fixture.asked.keys).toBe(1);
  });

  test('are read again for a token of a key that is new', async () => {
    expect(await answerTo(fixture.token(fixture.signIn()))).toBe('in');
    const next = newKey();
    fixture.keys.unshift(next);
    fixture.clock.pass(1_001);
    expect(await answerTo(fixture.token(fixture.signIn(), { key: next }))).toBe('in');
  });

  test('are read at most once a second for tokens of keys that are none', async () => {
    const garbage = () => Promise.all(Array.from({ length: 50 }, () => answerTo(fixture.token(fixture.signIn(), { key: stranger }))));
    const stranger = newKey();
    await garbage();
    await garbage();
    expect(fixture.asked.keys).toBe(1);
    fixture.clock.pass(1_001);
    await garbage();
    await garbage();
    expect(fixture.asked.keys).toBe(2);
  });

  test('that are withdrawn open no more within a minute', async () => {
    expect(await answerTo(fixture.token(fixture.signIn()))).toBe('in');
    const [old] = fixture.keys.splice(0, 1, newKey());
    fixture.clock.pass(60_001);
    expect(await answerTo(fixture.token(fixture.signIn(), old ? { key: old } : {}))).toBe('unauthenticated');
  });
});

test('a key that is withdrawn is refused within a minute although the clock jumped back', async () => {
  expect(await answerTo(fixture.token(fixture.signIn()))).toBe('in');
  fixture.clock.jump(-3_600_000);
  const [old] = fixture.keys.splice(0, 1, newKey());
  fixture.clock.pass(60_001);
  expect(await answerTo(fixture.token(fixture.signIn(), old ? { key: old } : {}))).toBe('unauthenticated');
});

describe('a session', () => {
  test('is read once a second, however often it is used', async () => {
    const token = fixture.token(fixture.signIn());
    await Promise.all(Array.from({ length: 20 }, () => sessions.authenticate(token)));
    expect(fixture.asked.sessions).toBe(1);
    fixture.clock.pass(1_001);
    await sessions.authenticate(token);
    expect(fixture.asked.sessions).toBe(2);
  });

  test('that ended is refused within a second, and at once when the event arrives', async () => {
    const [ana, boris] = [fixture.signIn(), fixture.signIn()];
    const tokens = [fixture.token(ana), fixture.token(boris)] as const;
    expect([await answerTo(tokens[0]), await answerTo(tokens[1])]).toEqual(['in', 'in']);
    fixture.actors.clear();
    fixture.clock.pass(1_001);
    expect(await answerTo(tokens[0])).toBe('unauthenticated');

    fixture.actors.set(boris.sessionId, boris);
    expect(await answerTo(tokens[1])).toBe('in');
    fixture.actors.clear();
    sessions.forget();
    expect(await answerTo(tokens[1])).toBe('unauthenticated');
  });

  test('another role holds within a second', async () => {
    const ana = fixture.signIn('member');
    const token = fixture.token(ana);
    await sessions.authenticate(token);
    fixture.actors.set(ana.sessionId, { ...ana, role: 'admin' });
    fixture.clock.pass(1_001);
    expect((await sessions.authenticate(token)).actor.role).toBe('admin');
  });

  test.each([
    ['back an hour', -3_600_000],
    ['forward two hours', 7_200_000],
  ])('that ended is refused within a second after the clock jumped %s', async (_where, jumpMs) => {
    const ana = fixture.signIn();
    expect(await answerTo(fixture.token(ana))).toBe('in');
    fixture.clock.jump(jumpMs);
    const token = fixture.token(ana);
    expect(await answerTo(token)).toBe('in');
    fixture.actors.clear();
    fixture.clock.pass(1_001);
    expect(await answerTo(token)).toBe('unauthenticated');
  });

  test('that cannot be read is not remembered as ended', async () => {
    const token = fixture.token(fixture.signIn());
    await fixture.bus.stop();
    expect(await answerTo(token)).toBe('unavailable');
    await fixture.bus.start();
    expect(await answerTo(token)).toBe('in');
    await fixture.bus.stop();
  });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function unsigned(token: string): string {
  const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
  return `${part({ ...header, alg: 'none' })}.${part(payload as object)}.`;
}

function withClaims(token: string, claims: object): string {
  const [header, , signature] = token.split('.');
  return [header, part({ ...(jwt.decode(token) as object), ...claims }), signature].join('.');
}

/** The old trick: a symmetric signature whose secret is the public key that everyone may read. */
function confused(token: string): string {
  const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
  const signed = `${part({ ...header, alg: 'HS256' })}.${part(payload as object)}`;
  const secret = fixture.keys[0]?.publicKey.export({ format: 'pem', type: 'spki' }) ?? '';
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('a signed link', () => {
  const refusalOf = (claims: Parameters<Sessions['holderOf']>[0]): Promise<unknown> =>
    sessions.holderOf(claims).catch((error: unknown) => (isAppError(error) ? `${error.code}: ${error.detail}` : error));

  test('names its holder until it expires', async () => {
    const ana = fixture.signIn();
    const claims = { userId: ana.userId, sessionId: ana.sessionId, expiresAt: fixture.clock.now() + 1_000 };
    expect(await sessions.holderOf(claims)).toEqual(ana);
    fixture.clock.pass(1_000);
    expect(await refusalOf(claims)).toBe('unauthenticated: The link has expired.');
  });

  test('that is not ours, or of another person’s session, is refused', async () => {
    const [ana, boris] = [fixture.signIn(), fixture.signIn()];
    expect(await refusalOf(null)).toMatch(/^unauthenticated/);
    const claims = { userId: boris.userId, sessionId: ana.sessionId, expiresAt: fixture.clock.now() + 1_000 };
    expect(await refusalOf(claims)).toBe('unauthenticated: The session has ended.');
    expect(await refusalOf({ ...claims, sessionId: newId() })).toBe('unauthenticated: The session has ended.');
  });
});
