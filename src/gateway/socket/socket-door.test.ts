import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { eventually } from '../../../test/harness/eventually.ts';
import { served, type Served } from '../../../test/harness/served.ts';
import { sessionsRevoked } from '../../contracts/auth/events.ts';
import type { Problem } from '../../contracts/errors.ts';
import { typing } from '../../contracts/chat/events.ts';
import { listAudiences, readHeads, setTyping } from '../../contracts/chat/operations.ts';
import { connectionsClosed } from '../../contracts/connections/events.ts';
import { implement, onLive } from '../../kernel/bus/bus.ts';
import type { Actor } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../kernel/telemetry/prometheus-metrics.ts';
import { addressReader } from '../address.ts';
import { Backlog } from '../backlog.ts';
import { Doorway } from '../doorway.ts';
import { type Limits, memoryLimits, unlimited } from '../limits.ts';
import { OriginPolicy } from '../origin.ts';
import { issuer, newKey, Porch } from '../porch-bench.ts';
import { Sessions } from '../sessions.ts';
import { SocketDoor } from './socket-door.ts';

const lunch = newId();
let porch: Porch;
let house: Served;
let door: SocketDoor;
/** Who set their typing mark, in order. */
let typed: string[];
const clients: { close(): void }[] = [];

async function open({ limits = unlimited as Limits, fastLane = true } = {}): Promise<void> {
  porch = new Porch();
  typed = [];
  const { bus, clock } = porch;
  bus.serve(implement(listAudiences, ({ userIds }) => ({ audiences: Object.fromEntries(userIds.map((userId) => [userId, [lunch]])) })));
  bus.serve(implement(readHeads, () => ({ revs: {} })));
  bus.serve(
    implement(setTyping, ({ typing: isTyping }, { actor }) => {
      const userId = actor?.userId ?? '';
      typed.push(userId);
      bus.signal(typing, { conversationId: lunch, userId, typing: isTyping });
      return {};
    }),
  );
  const audit = { begin: () => Promise.resolve(''), end: () => Promise.resolve(), list: () => Promise.resolve([]) };
  door = new SocketDoor({
    bus,
    doorway: new Doorway({ bus, limits, audit, logger: silentLogger }),
    sessions: new Sessions({ bus, clock, issuer }),
    limits,
    backlog: new Backlog(),
    origins: new OriginPolicy({ publicUrl: issuer, extra: [], publicUrlIsGiven: true }),
    addressOf: addressReader([]),
    clock,
    logger: silentLogger,
    metrics: createMetrics(),
    nodeId: 'node',
    serves: (operation) => bus.serves(operation),
    fastLane,
    isOneOfSeveral: false,
    doorCount: () => 1,
  });
  for (const subscription of door.hears()) bus.subscribe(subscription);
  house = await served((_request, response) => void response.writeHead(404).end());
  door.open(house.server);
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await door.close(0);
  await house.close();
});

function socket(token: unknown, more: Parameters<typeof io>[1] = {}): Socket {
  const made = io(house.url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true, ...more });
  clients.push({ close: () => made.disconnect() });
  return made;
}

const connected = (made: Socket): Promise<Socket> =>
  new Promise((resolve, reject) => {
    made.once('connect', () => {
      resolve(made);
    });
    made.once('connect_error', reject);
  });

const refusalOf = async (made: Socket): Promise<Problem | undefined> => {
  const error: unknown = await connected(made).then(
    () => null,
    (refusal: unknown) => refusal,
  );
  return (error as { data?: Problem } | null)?.data;
};

const heard = (made: Socket, name: string): Promise<unknown> => new Promise((resolve) => made.once(name, resolve));
const type = (made: Socket): Promise<unknown> => made.timeout(5_000).emitWithAck('typing:set', { conversationId: lunch, typing: true });

describe('a handshake', () => {
  beforeEach(() => open());

  test('with a token of ours is let in', async () => {
    expect((await connected(socket(porch.token(porch.signIn())))).connected).toBe(true);
  });

  test.each<[string, () => unknown]>([
    ['no token', () => undefined],
    ['a token that is none', () => 'nonsense'],
    ['an object for a token', () => ({ $ne: null })],
    ['a token of endless length', () => 'x'.repeat(5_000)],
    ['a token of a session that ended', () => porch.token({ userId: newId(), sessionId: newId(), role: 'owner' })],
  ])('with %s is refused in the words of every refusal', async (_what, token) => {
    expect(await refusalOf(socket(token()))).toMatchObject({ code: 'unauthenticated', status: 401, requestId: expect.any(String) });
  });

  test('from a page of another site is refused', async () => {
    const foreign = socket(porch.token(porch.signIn()), { extraHeaders: { origin: 'https://evil.net' } });
    await expect(connected(foreign)).rejects.toThrow();
    const ours = socket(porch.token(porch.signIn()), { extraHeaders: { origin: issuer } });
    expect((await connected(ours)).connected).toBe(true);
  });

  test('whose session ends while it runs is refused', async () => {
    const ana = porch.signIn();
    let isFirst = true;
    const { get } = porch.actors;
    porch.actors.get = (id) => {
      const actor = get.call(porch.actors, id);
      if (isFirst) porch.actors.delete(id);
      isFirst = false;
      return actor;
    };
    expect(await refusalOf(socket(porch.token(ana)))).toMatchObject({ code: 'unauthenticated' });
  });
});

describe.each([[true], [false]])('a command, with the fast lane %s', (fastLane) => {
  beforeEach(() => open({ fastLane }));

  test('gets its one ack, and what it caused reaches the room', async () => {
    const [ana, boris] = [porch.signIn(), porch.signIn()];
    const [anas, borises] = await Promise.all(
      [ana, boris].map((actor) => connected(socket(porch.token(actor)))) as [Promise<Socket>, Promise<Socket>],
    );
    const told = heard(borises, 'typing');
    expect(await type(anas)).toEqual({ ok: true, data: {} });
    expect(await told).toEqual({ conversationId: lunch, userId: ana.userId, typing: true });
  });

  test.each<[string, unknown[], string]>([
    ['nobody knows', ['no:such', {}], 'not_found'],
    ['with a malformed payload', ['typing:set', { conversationId: 7 }], 'validation_failed'],
    ['without a payload', ['typing:set'], 'validation_failed'],
    ['with a list for a payload', ['typing:set', [1]], 'validation_failed'],
    ['named like what every object has', ['constructor', {}], 'not_found'],
    ['named like a prototype', ['__proto__', {}], 'not_found'],
    ['to renew without a token', ['session:renew', {}], 'validation_failed'],
  ])('%s is refused and the socket lives', async (_what, [name, ...payload], code) => {
    const ana = await connected(socket(porch.token(porch.signIn())));
    expect(await ana.timeout(5_000).emitWithAck(String(name), ...payload)).toMatchObject({
      ok: false,
      error: { code, requestId: expect.any(String) },
    });
    expect(await type(ana)).toMatchObject({ ok: true });
  });

  test('renews a token of its own session and of no other', async () => {
    const ana = porch.signIn();
    const anas = await connected(socket(porch.token(ana)));
    const renew = (actor: Actor): Promise<unknown> => anas.timeout(5_000).emitWithAck('session:renew', { token: porch.token(actor) });
    porch.clock.pass(5_000);
    expect(await renew(ana)).toEqual({ ok: true, data: { expiresAt: expect.stringMatching(/Z$/) } });
    expect(await renew(porch.signIn('owner'))).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    expect(await renew(porch.signIn('owner', ana.userId))).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  });

  test('to renew with a token that is none of ours is answered and ends the connection', async () => {
    const anas = await connected(socket(porch.token(porch.signIn())));
    const gone = new Promise((resolve) => anas.once('disconnect', resolve));
    const stranger = porch.token(porch.signIn(), { key: newKey() });
    expect(await anas.timeout(5_000).emitWithAck('session:renew', { token: stranger })).toMatchObject({
      error: { code: 'unauthenticated' },
    });
    await gone;
  });

  test('that renews after the clock jumped two hours forward keeps its socket', async () => {
    const ana = porch.signIn();
    const anas = await connected(socket(porch.token(ana)));
    porch.clock.jump(7_200_000);
    expect(await anas.timeout(5_000).emitWithAck('session:renew', { token: porch.token(ana) })).toMatchObject({ ok: true });
    await new Promise((resolve) => anas.timeout(5_000).emit('typing:set', { conversationId: lunch, typing: true }, resolve));
    expect(anas.connected).toBe(true);
  });

  describe('of a socket that left its namespace, although its connection stays', () => {
    const command = (id: number): string => `42${String(id)}["typing:set",{"conversationId":"${lunch}","typing":true}]`;
    const left = async (): Promise<Awaited<ReturnType<typeof rawSocket>>> => {
      const closing: unknown[] = [];
      porch.bus.subscribe(onLive(connectionsClosed, 'test', (fact) => void closing.push(fact)));
      const raw = await rawSocket(porch.token(porch.signIn()));
      raw.send(command(0));
      await raw.hears('430');
      raw.send('41');
      await eventually(() => {
        expect(closing).toHaveLength(1);
      });
      return raw;
    };

    test('loses the connection too, and nothing more is performed', async () => {
      const raw = await left();
      raw.send(command(1));
      raw.send(`40{"token":"${porch.token(porch.signIn())}"}`);
      raw.send(command(2));
      await raw.closed;
      expect([typed.length, raw.heard.filter((frame) => /^43[12]/.test(frame))]).toEqual([1, []]);
    });
  });
});

describe('a connection', () => {
  beforeEach(() => open());

  test('that signs in again and again gets one link, and is closed', async () => {
    const ana = porch.signIn();
    const raw = await rawSocket(porch.token(ana));
    for (let n = 0; n < 500; n++) raw.send(`40{"token":"${porch.token(ana)}"}`);
    await raw.closed;
    expect(raw.heard.filter((frame) => frame.startsWith('40{'))).toHaveLength(1);
  });

  test('that asks for two identities in one breath gets neither for long', async () => {
    const raw = await rawSocket(porch.token(porch.signIn()), porch.token(porch.signIn('owner')));
    await raw.closed;
    expect(raw.heard.filter((frame) => frame.startsWith('40{')).length).toBeLessThanOrEqual(1);
  });

  test('beyond the fifty of one person is refused, and those stay', async () => {
    const token = porch.token(porch.signIn());
    const open = await Promise.all(Array.from({ length: 50 }, () => connected(socket(token))));
    expect(await refusalOf(socket(token))).toMatchObject({ code: 'rate_limited' });
    expect(open.every((made) => made.connected)).toBe(true);
    open[0]?.disconnect();
    await eventually(async () => {
      expect(await refusalOf(socket(token))).toBeUndefined();
    });
  });
});

describe('a member who sends without end', () => {
  test.each<[string, string]>([
    ['commands nobody knows', '421["no:such",{}]'],
    ['frames that are no packets', '4['],
    ['packets of another namespace', '42/admin,1["a"]'],
    ['acknowledgement ids that are too long for the fast lane', '42123456789012345["no:such",{}]'],
    ['binary packets', '451-["a",{"_placeholder":true,"num":0}]'],
  ])('loses the connection for %s, and others stay', async (_what, frame) => {
    await open({ limits: memoryLimits() });
    const raw = await rawSocket(porch.token(porch.signIn()));
    const other = await connected(socket(porch.token(porch.signIn())));
    for (let n = 0; n < 5_000; n++) raw.send(frame);
    await raw.closed;
    expect(await type(other)).toMatchObject({ ok: true });
  });
});

describe('a session', () => {
  beforeEach(() => open());

  test('that is revoked closes its sockets with a word, and commands on their way are not lost', async () => {
    const [ana, boris] = [porch.signIn(), porch.signIn()];
    const [anas, borises] = [await connected(socket(porch.token(ana))), await connected(socket(porch.token(boris)))];
    const [told, closed] = [heard(anas, 'session:revoked'), heard(anas, 'disconnect')];
    porch.actors.delete(ana.sessionId);
    await porch.bus.deliver([
      { id: newId(), event: sessionsRevoked.name, payload: { userId: ana.userId, sessionIds: null, reason: 'logged_out' } },
    ]);
    expect(await told).toEqual({ reason: 'logged_out' });
    await closed;
    expect(await type(borises)).toMatchObject({ ok: true });
    expect(await refusalOf(socket(porch.token(ana)))).toMatchObject({ code: 'unauthenticated' });
  });

  test('whose token has run out loses its socket within a second or so', async () => {
    const anas = await connected(socket(porch.token(porch.signIn())));
    const told = heard(anas, 'session:expired');
    porch.clock.pass(901_000);
    await told;
    await eventually(() => {
      expect(anas.connected).toBe(false);
    });
  });
});

describe('a node that stops', () => {
  beforeEach(() => open());

  test('tells its sockets to move, answers what is under way, and takes no new one', async () => {
    const anas = await connected(socket(porch.token(porch.signIn())));
    const told = heard(anas, 'server:moving');
    const [ack] = await Promise.all([type(anas), door.close(2_000)]);
    expect(ack).toMatchObject({ ok: true });
    expect(await told).toEqual({ retryAfterMs: expect.any(Number) });
  });
});

/** A WebSocket that speaks Engine.IO by hand. */
async function rawSocket(...tokens: string[]) {
  const ws = new WebSocket(`${house.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  clients.push({
    close: () => {
      ws.terminate();
    },
  });
  const closed = new Promise<void>((resolve) =>
    ws.once('close', () => {
      resolve();
    }),
  );
  const frames: string[] = [];
  ws.on('message', (frame: Buffer) => frames.push(frame.toString()));
  const hears = (start: string, times = 1): Promise<void> =>
    eventually(() => {
      expect(frames.filter((frame) => frame.startsWith(start)).length).toBeGreaterThanOrEqual(times);
    }, 5_000);
  await hears('0{');
  for (const token of tokens) ws.send(`40{"token":"${token}"}`);
  if (tokens.length === 1) await hears('40');
  const send = ws.send.bind(ws) as (frame: string) => void;
  return { heard: frames, hears, send, closed };
}
