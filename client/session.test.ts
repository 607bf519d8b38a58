import { beforeEach, describe, expect, it } from '@jest/globals';
import { getMe } from '../src/contracts/auth/accounts.ts';
import { logIn } from '../src/contracts/auth/sessions.ts';
import { Http } from './http.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { Session } from './session.ts';
import { ManualTimers, settled } from './test-timers.ts';

const user = { id: 'ana', username: 'ana', displayName: 'Ana', avatarUrl: null, role: 'member' as const, active: true, createdAt: '' };

/** A server that trades tokens: which one it takes, and what it answers next in place of that. */
class Authority {
  refreshed = 0;
  accepted = 'refresh-0';
  valid = '';
  readonly asked: string[] = [];
  /** Answers given before any other; `lost` does the work and drops the reply. */
  readonly next: (number | 'offline' | 'lost' | 'reused' | 'elsewhere')[] = [];
  hold: Promise<void> | null = null;
  userId = 'ana';

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(input as string).pathname.replace('/api/v1', '');
    const body = JSON.parse((init?.body as string | null | undefined) ?? '{}') as { refreshToken?: string };
    const token = new Headers(init?.headers).get('Authorization')?.slice(7) ?? '';
    this.asked.push(`${path} ${body.refreshToken ?? token}`.trim());
    await this.hold;
    const special = path === '/auth/refresh' ? this.next.shift() : undefined;
    if (special === 'offline') throw new TypeError('fetch failed');
    if (special === 'reused') return problem(401, 'invalid_token', [{ path: 'refreshToken', message: 'token_reused' }]);
    if (special === 'elsewhere') return problem(403, 'origin_refused', [{ path: 'publicUrl', message: 'https://chat.example.org' }]);
    if (typeof special === 'number') return problem(special, special === 401 ? 'invalid_token' : 'unavailable');
    if (path === '/auth/login') return this.#issue();
    if (path === '/auth/logout') return new Response(null, { status: 204 });
    if (path === '/auth/refresh') {
      if (body.refreshToken !== this.accepted && body.refreshToken !== this.#former) return problem(401, 'invalid_token');
      const answer = this.#issue();
      if (special === 'lost') throw new TypeError('socket hang up');
      return answer;
    }
    return token === this.valid ? Response.json(user) : problem(401, 'unauthenticated');
  };

  #former = '';

  #issue(): Response {
    this.#former = this.accepted;
    this.accepted = `refresh-${String(++this.refreshed)}`;
    this.valid = `access-${String(this.refreshed)}`;
    return Response.json({ user: { ...user, id: this.userId }, accessToken: this.valid, expiresIn: 600, refreshToken: this.accepted });
  }
}

const problem = (status: number, code: string, errors?: { path: string; message: string }[]) =>
  Response.json({ type: '', title: '', status, code, detail: code, requestId: '', errors }, { status });

let timers: ManualTimers;
let authority: Authority;
let tokens: MemoryTokenStore;
let session: Session;
let given: string[];

beforeEach(async () => {
  timers = new ManualTimers();
  authority = new Authority();
  tokens = new MemoryTokenStore();
  await tokens.write('refresh-0');
  const http = new Http({ url: 'http://server', timers, fetch: authority.fetch, isProgram: true });
  session = new Session({ http, timers, exclusively: (_name, work) => work(), tokens });
  given = [];
  session.onToken = (token) => given.push(token);
});

describe('a session', () => {
  it('is restored with the token that was kept, which is replaced', async () => {
    await session.start();
    expect(session.state.get()).toEqual({ status: 'signed-in', user });
    expect(await tokens.read()).toBe('refresh-1');
    expect(await session.token()).toBe('access-1');
  });

  it('is none when no token was kept, and nobody is asked', async () => {
    await tokens.write(null);
    await session.start();
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'none' });
    expect(authority.asked).toEqual([]);
    expect(timers.pending).toBe(0);
  });

  it('is none when the kept token is refused', async () => {
    authority.next.push(401);
    await session.start();
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'none' });
  });

  it('says that it was used elsewhere when a copy of its token was, at a renewal and at the start', async () => {
    await session.start();
    authority.next.push('reused');
    await timers.pass(600_000);
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'used_elsewhere' });
    const http = new Http({ url: 'http://server', timers, fetch: authority.fetch, isProgram: true });
    const again = new Session({ http, timers, exclusively: (_name, work) => work(), tokens });
    await tokens.write('kept');
    authority.next.push('reused');
    await again.start();
    expect(again.state.get()).toEqual({ status: 'signed-out', reason: 'used_elsewhere' });
  });

  it('is unknown while the server is out of reach, and restored once it is back', async () => {
    const delays: number[] = [];
    session.onDelay = (retryAt) => delays.push(retryAt - timers.now());
    authority.next.push('offline', 503);
    await session.start();
    expect(session.state.get()).toEqual({ status: 'unknown' });
    expect(delays).toEqual([500]);
    await timers.pass(2_000);
    expect(session.state.get().status).toBe('signed-in');
    expect(authority.asked).toEqual(['/auth/refresh refresh-0', '/auth/refresh refresh-0', '/auth/refresh refresh-0']);
  });

  it('survives that the reply of a renewal is lost: the same token is presented again', async () => {
    await session.start();
    authority.next.push('lost');
    await timers.pass(470_000);
    expect(session.state.get().status).toBe('signed-in');
    expect(authority.asked.slice(1)).toEqual(['/auth/refresh refresh-1', '/auth/refresh refresh-1']);
  });

  it('renews itself before the token runs out', async () => {
    await session.start();
    await timers.pass(600_000 * 0.78);
    expect(given).toEqual(['access-1', 'access-2']);
    expect(await session.token()).toBe('access-2');
  });

  it('renews once for many calls that were refused', async () => {
    await session.start();
    authority.valid = 'another';
    const answers = await Promise.all([session.call(getMe, {}), session.call(getMe, {}), session.call(getMe, {})]);
    expect(answers.map(({ id }) => id)).toEqual(['ana', 'ana', 'ana']);
    expect(authority.refreshed).toBe(2);
  });

  it('ends when its refresh token is refused, and calls say so', async () => {
    await session.start();
    authority.next.push(401);
    await timers.pass(600_000);
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'expired' });
    expect(await tokens.read()).toBeNull();
    await expect(session.call(getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(timers.pending).toBe(0);
  });

  it('does not come back to life by a renewal that was under way when it ended', async () => {
    await session.start();
    let release = (): void => undefined;
    authority.hold = new Promise((resolve) => {
      release = resolve;
    });
    const renewing = session.renew('access-1');
    await settled();
    await session.end('revoked');
    release();
    await expect(renewing).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'revoked' });
    expect(await tokens.read()).toBeNull();
  });

  it('begins with a sign-in and ends with a log out', async () => {
    await tokens.write(null);
    await session.start();
    await session.enter(logIn, { login: 'ana', password: 'secret' });
    expect(session.state.get().status).toBe('signed-in');
    await session.leave();
    expect(session.state.get()).toEqual({ status: 'signed-out', reason: 'logged_out' });
    expect([await tokens.read(), timers.pending]).toEqual([null, 0]);
  });

  it('stays when the log out does not reach the server', async () => {
    await session.start();
    authority.hold = Promise.reject(new TypeError('fetch failed'));
    await expect(session.leave()).rejects.toMatchObject({ code: 'offline' });
    expect(session.state.get().status).toBe('signed-in');
  });

  it('sets no timer when it is paused while a renewal is under way', async () => {
    await session.start();
    const renewing = session.renew('access-1');
    session.pause();
    await renewing;
    expect(timers.pending).toBe(0);
  });

  it('keeps no timer while it is paused, and goes on after', async () => {
    await session.start();
    session.pause();
    expect(timers.pending).toBe(0);
    await timers.pass(1_000_000);
    await session.start();
    await timers.pass(0);
    expect(authority.refreshed).toBe(2);
  });

  it('does not do in the name of the next person what the former one asked for', async () => {
    await session.start();
    authority.valid = 'of another session';
    authority.userId = 'ben';
    await expect(session.call(getMe, {})).rejects.toMatchObject({ code: 'client_closed' });
    expect(authority.asked.filter((line) => line.startsWith('/users/me'))).toHaveLength(1);
    expect(session.state.get()).toMatchObject({ status: 'signed-in', user: { id: 'ben' } });
  });

  it('says why it cannot be restored, and when it is tried again', async () => {
    authority.next.push('offline', 503, 'elsewhere');
    const said: unknown[] = [];
    session.obstacle.subscribe(() => {
      const obstacle = session.obstacle.get();
      said.push(obstacle && [obstacle.code, obstacle.publicUrl, obstacle.retryAt > timers.now()]);
    });
    await session.start();
    await timers.pass(60_000);
    expect(said).toEqual([
      ['offline', null, true],
      ['unavailable', null, true],
      ['origin_refused', 'https://chat.example.org', true],
      null,
    ]);
    expect(session.state.get().status).toBe('signed-in');
  });
});
