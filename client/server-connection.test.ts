import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClientError, offline } from './client-error.ts';
import { ServerConnection } from './server-connection.ts';
import { ManualTimers, settled } from './test-timers.ts';
import type { WireHandlers } from './wire.ts';

/** What the client sees of a socket, moved by hand. */
class FakeWire {
  readonly sent: { command: string; payload: unknown; answered: (ack: unknown) => void }[] = [];
  isClosed = false;
  constructor(
    readonly token: string,
    readonly handlers: WireHandlers,
  ) {}

  emit(command: string, payload: unknown, answered: (ack: unknown) => void): void {
    this.sent.push({ command, payload, answered });
  }

  close(): void {
    this.isClosed = true;
  }
}

let timers: ManualTimers;
let wires: FakeWire[];
let server: ServerConnection;
let received: string[];
let revoked: string[];
let renewals: string[];
let catchUps: { done: () => void; fail: (error: ClientError) => void }[];
let statuses: string[];
let token: () => Promise<string>;

beforeEach(() => {
  timers = new ManualTimers();
  [wires, received, revoked, renewals, catchUps, statuses] = [[], [], [], [], [], []];
  token = () => Promise.resolve('t1');
  server = new ServerConnection({
    url: '',
    timers,
    openWire: (at, handlers) => {
      const wire = new FakeWire(at.token, handlers);
      wires.push(wire);
      return wire;
    },
    token: () => token(),
    renew: (refused) => {
      renewals.push(refused);
      token = () => Promise.resolve('t2');
      return token();
    },
    catchUp: () =>
      new Promise((resolve, reject) => {
        catchUps.push({ done: resolve, fail: reject });
      }),
    onEvent: (name) => received.push(name),
    onRevoked: (reason) => revoked.push(reason),
  });
  server.connection.subscribe(() => statuses.push(server.connection.get().status));
});

const newest = () => {
  const wire = wires.at(-1);
  if (!wire) throw new Error('no socket was opened');
  return wire;
};

async function goOnline(): Promise<FakeWire> {
  server.open();
  await settled();
  newest().handlers.opened();
  catchUps.at(-1)?.done();
  await settled();
  return newest();
}

const refused = new ClientError('unauthenticated', {
  problem: { type: '', title: '', status: 401, code: 'unauthenticated', detail: '', requestId: '' },
});

describe('a server', () => {
  it('is online once it caught up', async () => {
    server.open();
    await settled();
    expect(newest().token).toBe('t1');
    newest().handlers.opened();
    expect(server.connection.get().status).toBe('syncing');
    catchUps[0]?.done();
    await settled();
    expect(statuses).toEqual(['connecting', 'syncing', 'online']);
  });

  it('lets live events wait for the catch-up, and then has them in order', async () => {
    server.open();
    await settled();
    newest().handlers.opened();
    newest().handlers.event('first', {});
    newest().handlers.event('second', {});
    expect(received).toEqual([]);
    catchUps[0]?.done();
    await settled();
    newest().handlers.event('third', {});
    expect(received).toEqual(['first', 'second', 'third']);
  });

  it('catches up once more when more events came meanwhile than it keeps', async () => {
    server.open();
    await settled();
    newest().handlers.opened();
    for (let index = 0; index < 10_001; index++) newest().handlers.event('x', {});
    catchUps[0]?.done();
    await settled();
    expect([catchUps.length, received.length, server.connection.get().status]).toEqual([2, 0, 'syncing']);
    catchUps[1]?.done();
    await settled();
    expect(server.connection.get().status).toBe('online');
  });

  it('comes back after a loss, later each time, and soon again after it was online', async () => {
    timers.chance = 1;
    const waits: number[] = [];
    await goOnline();
    for (let index = 0; index < 3; index++) {
      newest().handlers.closed(offline('lost'));
      waits.push((server.connection.get().retryAt ?? 0) - timers.now());
      await timers.pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([500, 1_000, 2_000]);
    newest().handlers.opened();
    catchUps.at(-1)?.done();
    await settled();
    newest().handlers.closed(offline('lost'));
    expect((server.connection.get().retryAt ?? 0) - timers.now()).toBe(500);
  });

  it('rejects what waits for an answer when the connection is lost', async () => {
    await goOnline();
    const asked = server.command('x', {});
    newest().handlers.closed(offline('lost'));
    await expect(asked).rejects.toMatchObject({ code: 'offline' });
    await expect(server.command('x', {})).rejects.toMatchObject({ code: 'offline' });
  });

  it('answers a command with the data or the problem of its ack, or in time with neither', async () => {
    const wire = await goOnline();
    const asked = [server.command('a', {}), server.command('b', {}), server.command('c', {}, 50)];
    wire.sent[0]?.answered({ ok: true, data: 7 });
    wire.sent[1]?.answered({ ok: false, error: { ...refused.problem, code: 'forbidden', status: 403 } });
    await expect(asked[0]).resolves.toBe(7);
    await expect(asked[1]).rejects.toMatchObject({ code: 'forbidden' });
    const late = expect(asked[2]).rejects.toMatchObject({ code: 'deadline_exceeded' });
    await timers.pass(50);
    await late;
    wire.sent[2]?.answered({ ok: true, data: 8 });
    expect(timers.pending).toBe(0);
  });

  it('gets another token when its own is refused', async () => {
    server.open();
    await settled();
    newest().handlers.closed(refused);
    await timers.pass(500);
    expect([renewals, newest().token]).toEqual([['t1'], 't2']);
  });

  it('renews the open socket, and opens another where that is of another session', async () => {
    const wire = await goOnline();
    server.renewed('t2');
    expect(wire.sent[0]).toMatchObject({ command: 'session:renew', payload: { token: 't2' } });
    wire.sent[0]?.answered({ ok: true, data: {} });
    await settled();
    expect(wires).toHaveLength(1);
    server.renewed('t3');
    wire.sent[1]?.answered({ ok: false, error: refused.problem });
    await settled();
    expect([wire.isClosed, wires.length]).toEqual([true, 2]);
  });

  it('comes back with a new token when the server says that the old one ran out', async () => {
    const wire = await goOnline();
    wire.handlers.event('session:expired', {});
    await timers.pass(500);
    expect([wire.isClosed, renewals, newest().token]).toEqual([true, ['t1'], 't2']);
  });

  it('reports that the session was revoked, even before it caught up', async () => {
    server.open();
    await settled();
    newest().handlers.opened();
    newest().handlers.event('session:revoked', { reason: 'admin' });
    expect(revoked).toEqual(['admin']);
  });

  it('leaves a server that stops, and comes back when that one said', async () => {
    const wire = await goOnline();
    wire.handlers.event('server:moving', { retryAfterMs: 750 });
    expect([wire.isClosed, server.connection.get()]).toEqual([true, { status: 'offline', retryAt: timers.now() + 750 }]);
    await timers.pass(750);
    expect(wires).toHaveLength(2);
  });

  it('waits at least as long as a busy server asks', async () => {
    timers.chance = 0;
    server.open();
    await settled();
    newest().handlers.opened();
    catchUps[0]?.fail(new ClientError('rate_limited', { retryAfter: 7 }));
    await settled();
    expect(server.connection.get().retryAt).toBe(timers.now() + 7_000);
  });

  it('does not wait when the network comes back', async () => {
    await goOnline();
    server.sleep();
    expect(server.connection.get().status).toBe('offline');
    server.wake();
    await settled();
    expect([wires.length, server.connection.get().status]).toEqual([2, 'connecting']);
  });

  it('asks a socket that may be dead for a sign of life when somebody looks again', async () => {
    const wire = await goOnline();
    server.wake();
    await timers.pass(5_000);
    expect([wire.isClosed, wires.length]).toEqual([true, 2]);
  });

  it('keeps a socket that lives', async () => {
    const wire = await goOnline();
    server.wake();
    catchUps.at(-1)?.done();
    await timers.pass(60_000);
    expect([wire.isClosed, wires.length]).toEqual([false, 1]);
  });

  it('stays closed, without a timer, whatever comes from a former socket', async () => {
    const wire = await goOnline();
    server.close();
    wire.handlers.event('late', {});
    wire.handlers.closed(offline('late'));
    wire.handlers.opened();
    await timers.pass(60_000);
    expect([received, wires.length, timers.pending, server.connection.get()]).toEqual([[], 1, 0, { status: 'idle', retryAt: null }]);
  });

  it('does not open a socket for which the token came too late', async () => {
    let give = (_token: string): void => undefined;
    token = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    server.open();
    server.close();
    give('t1');
    await settled();
    expect(wires).toEqual([]);
  });
});
