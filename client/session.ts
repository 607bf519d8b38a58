import { logOut, refresh } from '../src/contracts/auth/sessions.ts';
import type { SignedIn } from '../src/contracts/auth/sessions.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { Operation, Output, RawInput } from '../src/contracts/define.ts';
import { BackOff } from './back-off.ts';
import type { Obstacle, SessionState } from './client.ts';
import { asClientError, ClientError, storageOf } from './client-error.ts';
import type { Http, UploadAnswer, UploadRequest } from './http.ts';
import type { TokenStore } from './options.ts';
import { Cell } from './readable.ts';
import type { Exclusively } from './platform.ts';
import type { Timers } from './timers.ts';

export interface SessionParts {
  readonly http: Http;
  readonly timers: Timers;
  readonly exclusively: Exclusively;
  /** Null where the refresh token is a cookie. */
  readonly tokens: TokenStore | null;
}

type EndReason = Extract<SessionState, { status: 'signed-out' }>['reason'];

interface Access {
  readonly token: string;
  /** Unix milliseconds by our own clock, a little early. */
  readonly staleAt: number;
  readonly renewAt: number;
}

const range = { firstMs: 1_000, atMostMs: 30_000 };
const earlyMs = 10_000;

/** Who is signed in on this device, and an access token that works. */
export class Session {
  readonly state = new Cell<SessionState>({ status: 'unknown' });
  readonly obstacle = new Cell<Obstacle | null>(null);
  /** Called with each new access token. */
  onToken: (token: string) => void = () => undefined;
  /** Called when the server was out of reach, with the time of the next try. */
  onDelay: (retryAt: number) => void = () => undefined;
  readonly #parts: SessionParts;
  readonly #backOff: BackOff;
  #access: Access | null = null;
  #renewing: Promise<Access> | null = null;
  /** Counts the sessions that ended: an answer to a call of an ended session is not used. */
  #endings = 0;
  #cancelRenewal: (() => void) | null = null;
  #isPaused = false;
  /** The person in the state is the one that the device kept; the server has not said so yet. */
  #isPresumed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(range, parts.timers);
  }

  /** Restores the last session. Resolves when that is tried once; an unreachable server is tried again later. */
  async start(): Promise<void> {
    this.#isPaused = false;
    if (this.#access) {
      this.#renewAfter(this.#access.renewAt - this.#parts.timers.now());
      return;
    }
    await this.#renew().catch(() => undefined);
  }

  /** While the last session is being restored, and as long as the server is out of reach: it is taken to be this person's. */
  async presume(kept: Promise<User | null>): Promise<void> {
    const user = await kept;
    if (!user || this.state.get().status !== 'unknown' || this.obstacle.get()) return;
    this.#isPresumed = true;
    this.state.set({ status: 'signed-in', user });
  }

  /** The network is back: what could not be restored yet is tried now. */
  wake(): void {
    if (this.#cancelRenewal && this.state.get().status === 'unknown') this.#renewAfter(0);
  }

  /** Stops the renewal timer until the next start; the session itself stays. */
  pause(): void {
    this.#isPaused = true;
    this.#stopRenewal();
  }

  /** Calls an operation that answers with a session, and makes it the session of this device. */
  async enter<O extends Operation>(operation: O, input: RawInput<O>): Promise<SignedIn> {
    this.#isPaused = false;
    const answer = (await this.#parts.http.send(operation, input, null)) as SignedIn;
    await this.#adopt(answer);
    return answer;
  }

  async leave(): Promise<void> {
    try {
      await this.call(logOut, {});
    } catch (error) {
      if (asClientError(error).code !== 'unauthenticated') throw error;
    }
    await this.end('logged_out');
  }

  /** Calls with the access token; once more with a new one when it was refused. */
  async call<O extends Operation>(operation: O, input: RawInput<O>): Promise<Output<O>> {
    const { http } = this.#parts;
    if (operation.access === 'public') return http.send(operation, input, null);
    return this.#withToken((token) => http.send(operation, input, token));
  }

  /** The bytes below a path of the API, or the first of them. */
  download(path: string, first?: number): Promise<Blob> {
    return this.#withToken((token) => this.#parts.http.download(path, token, first));
  }

  /** Answers whatever is said. */
  upload(request: UploadRequest): Promise<UploadAnswer> {
    return this.#withToken((token) => this.#parts.http.upload(request, token));
  }

  async #withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const caller = this.#personId();
    const token = await this.#tokenOf(caller, this.token());
    try {
      return await ask(token);
    } catch (error) {
      if (asClientError(error).code !== 'unauthenticated') throw error;
      return ask(await this.#tokenOf(caller, this.renew(token)));
    }
  }

  /** Rejects when another person signed in meanwhile: a call of one person must not run with the token of another. */
  async #tokenOf(caller: string | null, asked: Promise<string>): Promise<string> {
    const token = await asked;
    if (caller !== null && caller !== this.#personId()) throw new ClientError('client_closed', { detail: 'Another person signed in.' });
    return token;
  }

  #personId(): string | null {
    const state = this.state.get();
    return state.status === 'signed-in' ? state.user.id : null;
  }

  async token(): Promise<string> {
    const access = this.#access;
    if (access && access.staleAt > this.#parts.timers.now()) return access.token;
    if (this.state.get().status === 'signed-out') throw signInFirst();
    return (await this.#renew()).token;
  }

  /** Returns another token than the refused one. */
  async renew(refused: string): Promise<string> {
    if (this.#access && this.#access.token !== refused) return this.#access.token;
    if (this.state.get().status === 'signed-out') throw signInFirst();
    return (await this.#renew()).token;
  }

  /** Updates the signed-in person. */
  updated(user: User): void {
    const state = this.state.get();
    if (state.status === 'signed-in' && state.user.id === user.id)
      this.state.set({ status: 'signed-in', user: { ...state.user, ...user } });
  }

  /** Another tab signed in: what this one shows is not the browser's session any more. Restores that one. */
  async restore(): Promise<void> {
    this.#stopRenewal();
    this.#endings++;
    this.#access = null;
    this.#isPresumed = false;
    this.state.set({ status: 'unknown' });
    await this.#renewing?.catch(() => undefined);
    await this.#renew().catch(() => undefined);
  }

  async end(reason: EndReason): Promise<void> {
    if (this.state.get().status === 'signed-out') return;
    this.#stopRenewal();
    this.#endings++;
    this.#access = null;
    this.#isPresumed = false;
    this.obstacle.set(null);
    this.state.set({ status: 'signed-out', reason });
    await this.#parts.tokens?.write(null);
  }

  /** One renewal at a time, in this tab and among the tabs that share the cookie. */
  #renew(): Promise<Access> {
    return (this.#renewing ??= this.#parts
      .exclusively('confab-session', () => this.#refresh())
      .finally(() => {
        this.#renewing = null;
      }));
  }

  async #refresh(): Promise<Access> {
    const before = this.state.get().status;
    const endings = this.#endings;
    try {
      const refreshToken = await this.#parts.tokens?.read();
      if (this.#parts.tokens && (refreshToken === null || refreshToken === undefined)) throw signInFirst();
      // An answer that is lost leaves the token as it was: the next try presents it again.
      const answer = await this.#parts.http.send(refresh, this.#parts.tokens ? { refreshToken: refreshToken ?? '' } : {}, null);
      if (endings !== this.#endings) throw signInFirst();
      return await this.#adopt(answer);
    } catch (thrown) {
      const error = asClientError(thrown);
      if (endings !== this.#endings) throw error;
      if (isRefusal(error)) await this.end(isReused(error) ? 'used_elsewhere' : before === 'unknown' ? 'none' : 'expired');
      else this.#delay(error);
      throw error;
    }
  }

  async #adopt({ user, accessToken, expiresIn, refreshToken }: SignedIn): Promise<Access> {
    if (this.#parts.tokens && refreshToken !== undefined) await this.#parts.tokens.write(refreshToken);
    const { timers } = this.#parts;
    const lifeMs = expiresIn * 1000;
    // With jitter, so that the tabs of a browser and the clients of a server do not all renew at once.
    const renewInMs = lifeMs * (0.7 + 0.15 * timers.random());
    const access = {
      token: accessToken,
      staleAt: timers.now() + Math.max(lifeMs / 2, lifeMs - earlyMs),
      renewAt: timers.now() + renewInMs,
    };
    this.#access = access;
    this.#isPresumed = false;
    this.#backOff.reset();
    this.obstacle.set(null);
    this.#renewAfter(renewInMs);
    this.state.set({ status: 'signed-in', user });
    this.onToken(accessToken);
    return access;
  }

  #delay(error: ClientError): void {
    if (this.#isPaused) return;
    const ms = this.#backOff.next(error.retryAfter);
    const retryAt = this.#parts.timers.now() + ms;
    this.#renewAfter(ms);
    // The server answers, and does not say who is signed in.
    if (this.#isPresumed && error.code !== 'offline') {
      this.#isPresumed = false;
      this.state.set({ status: 'unknown' });
    }
    if (this.state.get().status === 'unknown')
      this.obstacle.set({ code: error.code, retryAt, publicUrl: publicUrlIn(error), ...storageOf(error) });
    this.onDelay(retryAt);
  }

  #stopRenewal(): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = null;
  }

  #renewAfter(ms: number): void {
    this.#stopRenewal();
    if (this.#isPaused) return;
    this.#cancelRenewal = this.#parts.timers.after(ms, () => {
      this.#renew().catch(() => undefined);
    });
  }
}

const signInFirst = (): ClientError => new ClientError('unauthenticated', { detail: 'Sign in first.' });

/** Another copy of the refresh token was used: the server ended the session of both. */
const isReused = ({ problem }: ClientError): boolean =>
  problem?.errors?.some(({ path, message }) => path === 'refreshToken' && message === 'token_reused') ?? false;

/** The address that the server is reached at, where it refused the page's own. */
const publicUrlIn = ({ problem }: ClientError): string | null => problem?.errors?.find(({ path }) => path === 'publicUrl')?.message ?? null;

/** The refresh token is no longer valid; every other failure may pass. */
const isRefusal = ({ code, problem }: ClientError): boolean =>
  code === 'unauthenticated' || code === 'invalid_token' || (problem !== null && problem.status === 400);
