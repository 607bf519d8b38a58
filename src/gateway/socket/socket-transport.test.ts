import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { eventually } from '../../../test/harness/eventually.ts';
import { served, type Served } from '../../../test/harness/served.ts';
import { sessionsRevoked } from '../../contracts/auth/sessions.ts';
import type { Problem } from '../../contracts/errors.ts';
import { setTyping, typing } from '../../contracts/chat/typing.ts';
import { listAudiences } from '../../contracts/chat/members.ts';
import { readHeads } from '../../contracts/chat/sync.ts';
import { connectionsClosed } from '../../contracts/connections/connections.ts';
import { implement, onLive } from '../../kernel/bus/bus.ts';
import type { Actor } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import { addressReader } from '../address.ts';
import { Backlog } from '../backlog.ts';
import { CallPipeline } from '../call-pipeline.ts';
import { type Limits, memoryLimits, unlimited } from '../limits.ts';
import { OriginPolicy } from '../origin.ts';
import { issuer, newKey, PipelineFixture } from '../call-pipeline.fixture.ts';
import { Sessions } from '../sessions.ts';
import { SocketTransport } from './socket-transport.ts';

const lunch = newId();
let fixture: PipelineFixture;
let app: Served;
let transport: SocketTransport;
/** Who set their typing mark, in order. */
let typed: string[];
const clients: { close(): void }[] = [];

async function open({ limits = unlimited as Limits, fastLane = true } = {}): Promise<void> {
  fixture = new PipelineFixture();
  typed = [];
  const { bus, clock } = fixture;
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
  transport = new SocketTransport({
    bus,
    pipeline: new CallPipeline({ bus, limits, audit, logger: silentLogger }),
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
    gatewayCount: () => 1,
  });
  for (const subscription of transport.subscriptions()) bus.subscribe(subscription);
  app = await served((_request, response) => void response.writeHead(404).end());
  transport.open(app.server);
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await transport.close(0);
  await app.close();
});

function socket(token: unknown, more: Parameters<typeof io>[1] = {}): Socket {
  const made = io(app.url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true, ...more });
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

const received = (made: Socket, name: string): Promise<unknown> => new Promise((resolve) => made.once(name, resolve));
const type = (made: Socket): Promise<unknown> => made.timeout(5_000).emitWithAck('typing:set', { conversationId: lunch, typing: true });

describe('a handshake', () => {
  beforeEach(() => open());

  test('with a token of ours is let in', async () => {
    expect((await connected(socket(fixture.token(fixture.signIn())))).connected).toBe(true);
  });

  test.each<[string, () => unknown]>([
    ['no token', () => undefined],
    ['a token that is none', () => 'nonsense'],
    ['an object for a token', () => ({ $ne: null })],
    ['a token of endless length', () => 'x'.repeat(5_000)],
    ['a token of a session that ended', () => fixture.token({ userId: newId(), sessionId: newId(), role: 'owner' })],
  ])('with %s is refused in the words of every refusal', async (_what, token) => {
    expect(await refusalOf(socket(token()))).toMatchObject({ code: 'unauthenticated', status: 401, requestId: expect.any(String) });
  });

  test('from a page of another site is refused', async () => {
    const foreign = socket(fixture.token(fixture.signIn()), { extraHeaders: { origin: 'https://evil.net' } });
    await expect(connected(foreign)).rejects.toThrow();
    const ours = socket(fixture.token(fixture.signIn()), { extraHeaders: { origin: issuer } });
    expect((await connected(ours)).connected).toBe(true);
  });

  test('whose session ends while it runs is refused', async () => {
    const ana = fixture.signIn();
    let isFirst = true;
    const { get } = fixture.actors;
    fixture.actors.get = (id) => {
      const actor = get.call(fixture.actors, id);
      if (isFirst) fixture.actors.delete(id);
      isFirst = false;
      return actor;
    };
    expect(await refusalOf(socket(fixture.token(ana)))).toMatchObject({ code: 'unauthenticated' });
  });
});

describe.each([[true], [false]])('a command, with the fast lane %s', (fastLane) => {
  beforeEach(() => open({ fastLane }));

  test('gets its one ack, and what it caused reaches the room', async () => {
    const [ana, boris] = [fixture.signIn(), fixture.signIn()];
    const [anas, borises] = await Promise.all(
      [ana, boris].map((actor) => connected(socket(fixture.token(actor)))) as [Promise<Socket>, Promise<Socket>],
    );
    const frame = received(borises, 'typing');
    expect(await type(anas)).toEqual({ ok: true, data: {} });
    expect(await frame).toEqual({ conversationId: lunch, userId: ana.userId, typing: true });
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
    const ana = await connected(socket(fixture.token(fixture.signIn())));
    expect(await ana.timeout(5_000).emitWithAck(String(name), ...payload)).toMatchObject({
      ok: false,
      error: { code, requestId: expect.any(String) },
    });
    expect(await type(ana)).toMatchObject({ ok: true });
  });

  test('renews a token of its own session and of no other', async () => {
    const ana = fixture.signIn();
    const anas = await connected(socket(fixture.token(ana)));
    const renew = (actor: Actor): Promise<unknown> => anas.timeout(5_000).emitWithAck('session:renew', { token: fixture.token(actor) });
    fixture.clock.pass(5_000);
    expect(await renew(ana)).toEqual({ ok: true, data: { expiresAt: expect.stringMatching(/Z$/) } });
    expect(await renew(fixture.signIn('owner'))).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    expect(await renew(fixture.signIn('owner', ana.userId))).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  });

  test('to renew with a token that is none of ours is answered and ends the connection', async () => {
    const anas = await connected(socket(fixture.token(fixture.signIn())));
    const gone = new Promise((resolve) => anas.once('disconnect', resolve));
    const stranger = fixture.token(fixture.signIn(), { key: newKey() });
    expect(await anas.timeout(5_000).emitWithAck('session:renew', { token: stranger })).toMatchObject({
      error: { code: 'unauthenticated' },
    });
    await gone;
  });

  test('that renews after the clock jumped two hours forward keeps its socket', async () => {
    const ana = fixture.signIn();
    const anas = await connected(socket(fixture.token(ana)));
    fixture.clock.jump(7_200_000);
    expect(await anas.timeout(5_000).emitWithAck('session:renew', { token: fixture.token(ana) })).toMatchObject({ ok: true });
    await new Promise((resolve) => anas.timeout(5_000).emit('typing:set', { conversationId: lunch, typing: true }, resolve));
    expect(anas.connected).toBe(true);
  });

  describe('of a socket that left its namespace, although its connection stays', () => {
    const command = (id: number): string => `42${String(id)}["typing:set",{"conversationId":"${lunch}","typing":true}]`;
    const left = async (): Promise<Awaited<ReturnType<typeof rawSocket>>> => {
      const closing: unknown[] = [];
      fixture.bus.subscribe(onLive(connectionsClosed, 'test', (published) => void closing.push(published)));
      const raw = await rawSocket(fixture.token(fixture.signIn()));
      raw.send(command(0));
      await raw.receives('430');
      raw.send('41');
      await eventually(() => {
        expect(closing).toHaveLength(1);
      });
      return raw;
    };

    test('loses the connection too, and nothing more is performed', async () => {
      const raw = await left();
      raw.send(command(1));
      raw.send(`40{"token":"${fixture.token(fixture.signIn())}"}`);
      raw.send(command(2));
      await raw.closed;
      expect([typed.length, raw.frames.filter((frame) => /^43[12]/.test(frame))]).toEqual([1, []]);
    });
  });
});

describe('a connection', () => {
  beforeEach(() => open());

  test('that signs in again and again gets one connection, and is closed', async () => {
    const ana = fixture.signIn();
    const raw = await rawSocket(fixture.token(ana));
    for (let n = 0; n < 500; n++) raw.send(`40{"token":"${fixture.token(ana)}"}`);
    await raw.closed;
    expect(raw.frames.filter((frame) => frame.startsWith('40{'))).toHaveLength(1);
  });

  test('that asks for two identities in one breath gets neither for long', async () => {
    const raw = await rawSocket(fixture.token(fixture.signIn()), fixture.token(fixture.signIn('owner')));
    await raw.closed;
    expect(raw.frames.filter((frame) => frame.startsWith('40{')).length).toBeLessThanOrEqual(1);
  });

  test('beyond the fifty of one person is refused, and those stay', async () => {
    const token = fixture.token(fixture.signIn());
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
    const raw = await rawSocket(fixture.token(fixture.signIn()));
    const other = await connected(socket(fixture.token(fixture.signIn())));
    for (let n = 0; n < 5_000; n++) raw.send(frame);
    await raw.closed;
    expect(await type(other)).toMatchObject({ ok: true });
  });
});

describe('a session', () => {
  beforeEach(() => open());

  test('that is revoked closes its sockets with a word, and commands on their way are not lost', async () => {
    const [ana, boris] = [fixture.signIn(), fixture.signIn()];
    const [anas, borises] = [await connected(socket(fixture.token(ana))), await connected(socket(fixture.token(boris)))];
    const [frame, closed] = [received(anas, 'session:revoked'), received(anas, 'disconnect')];
    fixture.actors.delete(ana.sessionId);
    await fixture.bus.deliver([
      { id: newId(), event: sessionsRevoked.name, payload: { userId: ana.userId, sessionIds: null, reason: 'logged_out' } },
    ]);
    expect(await frame).toEqual({ reason: 'logged_out' });
    await closed;
    expect(await type(borises)).toMatchObject({ ok: true });
    expect(await refusalOf(socket(fixture.token(ana)))).toMatchObject({ code: 'unauthenticated' });
  });

  test('whose token has run out loses its socket within a second or so', async () => {
    const anas = await connected(socket(fixture.token(fixture.signIn())));
    const frame = received(anas, 'session:expired');
    fixture.clock.pass(901_000);
    await frame;
    await eventually(() => {
      expect(anas.connected).toBe(false);
    });
  });
});

describe('a node that stops', () => {
  beforeEach(() => open());

  test('asks its sockets to move, answers what is under way, and takes no new one', async () => {
    const anas = await connected(socket(fixture.token(fixture.signIn())));
    const frame = received(anas, 'server:moving');
    const [ack] = await Promise.all([type(anas), transport.close(2_000)]);
    expect(ack).toMatchObject({ ok: true });
    expect(await frame).toEqual({ retryAfterMs: expect.any(Number) });
  });
});

/** A WebSocket that speaks Engine.IO by hand. */
async function rawSocket(...tokens: string[]) {
  const ws = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
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
  const receives = (start: string, times = 1): Promise<void> =>
    eventually(() => {
      expect(frames.filter((frame) => frame.startsWith(start)).length).toBeGreaterThanOrEqual(times);
    }, 5_000);
  await receives('0{');
  for (const token of tokens) ws.send(`40{"token":"${token}"}`);
  if (tokens.length === 1) await receives('40');
  const send = ws.send.bind(ws) as (frame: string) => void;
  return { frames, receives, send, closed };
}
