import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { isAppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { issuer, newKey, Porch } from './porch-bench.ts';
import { Sessions } from './sessions.ts';

let porch: Porch;
let sessions: Sessions;

beforeEach(() => {
  porch = new Porch();
  sessions = new Sessions({ bus: porch.bus, clock: porch.clock, issuer });
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
  test('of ours tells who it is, and until when', async () => {
    const ana = porch.signIn('admin');
    const { actor, expiresAt } = await sessions.authenticate(porch.token(ana));
    expect(actor).toEqual(ana);
    expect(expiresAt).toBe((Math.floor(porch.clock.now() / 1000) + 900) * 1000);
  });

  const second = () => Math.floor(porch.clock.now() / 1000);
  test.each<[string, () => string]>([
    ['that is no token', () => 'abc'],
    ['of three words', () => 'a.b.c'],
    ['that is empty', () => ''],
    ['without a signature', () => unsigned(porch.token(porch.signIn()))],
    ['with another signature', () => `${porch.token(porch.signIn()).slice(0, -8)}AAAAAAAA`],
    ['whose claims were changed', () => withClaims(porch.token(porch.signIn()), { sub: newId() })],
    ['signed with the public key as a secret', () => confused(porch.token(porch.signIn()))],
    ['of another issuer', () => porch.token(porch.signIn(), { claims: { iss: 'https://evil.net' } })],
    ['for another audience', () => porch.token(porch.signIn(), { claims: { aud: 'another' } })],
    ['of another type', () => porch.token(porch.signIn(), { header: { typ: 'JWT' } })],
    ['without a key id', () => porch.token(porch.signIn(), { header: { kid: '' } })],
    ['that has expired', () => porch.token(porch.signIn(), { claims: { exp: second() - 1 } })],
    ['that is not valid yet', () => porch.token(porch.signIn(), { claims: { nbf: second() + 60 } })],
    ['without a session', () => porch.token(porch.signIn(), { claims: { sid: 7 } })],
    ['signed by nobody we know', () => porch.token(porch.signIn(), { key: newKey() })],
    ['signed by a stranger in our name', () => porch.token(porch.signIn(), { key: { ...newKey(), kid: porch.keys[0]?.kid ?? '' } })],
    ['of another’s session', () => porch.token({ ...porch.signIn(), userId: newId() })],
    ['of a session that is none', () => porch.token({ userId: newId(), sessionId: newId(), role: 'owner' })],
  ])('%s is refused', async (_what, make) => {
    expect(await answerTo(make())).toBe('unauthenticated');
  });

  test('is refused from the second it expires, although it was good before', async () => {
    const token = porch.token(porch.signIn());
    expect(await answerTo(token)).toBe('in');
    porch.clock.pass(899_000);
    expect(await answerTo(token)).toBe('in');
    porch.clock.pass(1_000);
    expect(await answerTo(token)).toBe('unauthenticated');
  });
});

describe('keys', () => {
  test('are read once for many tokens', async () => {
    await Promise.all(Array.from({ length: 50 }, () => sessions.authenticate(porch.token(porch.signIn()))));
    expect(porch.asked.keys).toBe(1);
  });

  test('are read again for a token of a key that is new', async () => {
    expect(await answerTo(porch.token(porch.signIn()))).toBe('in');
    const next = newKey();
    porch.keys.unshift(next);
    porch.clock.pass(1_001);
    expect(await answerTo(porch.token(porch.signIn(), { key: next }))).toBe('in');
  });

  test('are read at most once a second for tokens of keys that are none', async () => {
    const garbage = () => Promise.all(Array.from({ length: 50 }, () => answerTo(porch.token(porch.signIn(), { key: stranger }))));
    const stranger = newKey();
    await garbage();
    await garbage();
    expect(porch.asked.keys).toBe(1);
    porch.clock.pass(1_001);
    await garbage();
    await garbage();
    expect(porch.asked.keys).toBe(2);
  });

  test('that are withdrawn open no more within a minute', async () => {
    expect(await answerTo(porch.token(porch.signIn()))).toBe('in');
    const [old] = porch.keys.splice(0, 1, newKey());
    porch.clock.pass(60_001);
    expect(await answerTo(porch.token(porch.signIn(), old ? { key: old } : {}))).toBe('unauthenticated');
  });
});

test('a key that is withdrawn is refused within a minute although the clock jumped back', async () => {
  expect(await answerTo(porch.token(porch.signIn()))).toBe('in');
  porch.clock.jump(-3_600_000);
  const [old] = porch.keys.splice(0, 1, newKey());
  porch.clock.pass(60_001);
  expect(await answerTo(porch.token(porch.signIn(), old ? { key: old } : {}))).toBe('unauthenticated');
});

describe('a session', () => {
  test('is read once a second, however often it is used', async () => {
    const token = porch.token(porch.signIn());
    await Promise.all(Array.from({ length: 20 }, () => sessions.authenticate(token)));
    expect(porch.asked.sessions).toBe(1);
    porch.clock.pass(1_001);
    await sessions.authenticate(token);
    expect(porch.asked.sessions).toBe(2);
  });

  test('that ended is refused within a second, and at once when that was told', async () => {
    const [ana, boris] = [porch.signIn(), porch.signIn()];
    const tokens = [porch.token(ana), porch.token(boris)] as const;
    expect([await answerTo(tokens[0]), await answerTo(tokens[1])]).toEqual(['in', 'in']);
    porch.actors.clear();
    porch.clock.pass(1_001);
    expect(await answerTo(tokens[0])).toBe('unauthenticated');

    porch.actors.set(boris.sessionId, boris);
    expect(await answerTo(tokens[1])).toBe('in');
    porch.actors.clear();
    sessions.forget();
    expect(await answerTo(tokens[1])).toBe('unauthenticated');
  });

  test('another role holds within a second', async () => {
    const ana = porch.signIn('member');
    const token = porch.token(ana);
    await sessions.authenticate(token);
    porch.actors.set(ana.sessionId, { ...ana, role: 'admin' });
    porch.clock.pass(1_001);
    expect((await sessions.authenticate(token)).actor.role).toBe('admin');
  });

  test.each([
    ['back an hour', -3_600_000],
    ['forward two hours', 7_200_000],
  ])('that ended is refused within a second after the clock jumped %s', async (_where, jumpMs) => {
    const ana = porch.signIn();
    expect(await answerTo(porch.token(ana))).toBe('in');
    porch.clock.jump(jumpMs);
    const token = porch.token(ana);
    expect(await answerTo(token)).toBe('in');
    porch.actors.clear();
    porch.clock.pass(1_001);
    expect(await answerTo(token)).toBe('unauthenticated');
  });

  test('that cannot be read is not remembered as ended', async () => {
    const token = porch.token(porch.signIn());
    await porch.bus.stop();
    expect(await answerTo(token)).toBe('unavailable');
    await porch.bus.start();
    expect(await answerTo(token)).toBe('in');
    await porch.bus.stop();
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
  const secret = porch.keys[0]?.publicKey.export({ format: 'pem', type: 'spki' }) ?? '';
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
