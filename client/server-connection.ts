import { BackOff, whileAway } from './back-off.ts';
import type { ConnectionState } from './client.ts';
import { asClientError, type ClientError, offline, storageOf } from './client-error.ts';
import { Commands } from './commands.ts';
import { Cell } from './readable.ts';
import { noPulse, type Pulse } from './pulse.ts';
import type { Timers } from './timers.ts';
import type { OpenWire, Wire } from './wire.ts';

export interface ServerConnectionParts {
  readonly url: string;
  readonly openWire: OpenWire;
  readonly timers: Timers;
  /** Stalls are not looked for unless given. */
  readonly pulse?: Pick<Pulse, 'asked' | 'received'>;
  /** An access token that has not run out. */
  readonly token: () => Promise<string>;
  /** This token was refused: get another one. */
  readonly renew: (refused: string) => Promise<string>;
  /** Reads what was missed; live events wait until the first part of it is there. */
  readonly catchUp: () => Promise<void>;
  readonly onEvent: (name: string, payload: unknown) => void;
  readonly onRevoked: (reason: string) => void;
}

interface Attempt {
  readonly token: string;
  readonly wire: Wire;
  readonly commands: Commands;
  isOpen: boolean;
  /** Events that came before the catch-up had begun to be applied; null from then on. */
  early: [string, unknown][] | null;
  /** How many of them were more than we keep. */
  lost: number;
}

const commandWithinMs = 12_000;
const probeWithinMs = 5_000;
const earlyAtMost = 10_000;

/** Keeps one socket to the server open as long as it is wanted, and catches up each time it opened. */
export class ServerConnection {
  readonly connection = new Cell<ConnectionState>({ status: 'idle', retryAt: null });
  readonly #parts: ServerConnectionParts;
  readonly #backOff: BackOff;
  #isWanted = false;
  #attempt: Attempt | null = null;
  /** Grows with every try, so that callbacks of an earlier try are ignored. */
  #turn = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(parts: ServerConnectionParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(whileAway, parts.timers);
  }

  open(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#backOff.reset();
    this.#try();
  }

  close(): void {
    this.#isWanted = false;
    this.#drop();
    this.connection.set({ status: 'idle', retryAt: null });
  }

  /** Rejects at once with `offline` unless the socket is open. */
  command(name: string, payload: unknown, withinMs = commandWithinMs): Promise<unknown> {
    const attempt = this.#attempt;
    if (!attempt?.isOpen) return Promise.reject(offline('There is no connection.'));
    return attempt.commands.send(name, payload, withinMs);
  }

  /** Nobody is signed in yet because the server is unreachable; the next try is at this time. */
  waits(retryAt: number): void {
    if (!this.#isWanted) this.connection.set({ status: 'offline', retryAt });
  }

  get isOpen(): boolean {
    return this.#attempt?.isOpen ?? false;
  }

  /** Gives the open socket the new token; a token of another session opens a new socket. */
  renewed(token: string): void {
    const attempt = this.#attempt;
    if (!attempt?.isOpen) return;
    attempt.commands.send('session:renew', { token }, commandWithinMs).catch((error: unknown) => {
      if (this.#attempt === attempt && asClientError(error).code === 'unauthenticated') this.#reopen();
    });
  }

  /** The network is back, or the page is visible again: connects now and checks whether the open socket still works. */
  wake(): void {
    if (!this.#isWanted) return;
    const attempt = this.#attempt;
    if (!attempt) this.#reopen();
    else if (attempt.isOpen && !attempt.early) this.#probe(attempt);
  }

  /** The network is lost: waits until it is back, or for the next try. */
  sleep(): void {
    if (this.#isWanted && this.#attempt) this.#failed(offline('The network is gone.'));
  }

  #reopen(): void {
    this.#drop();
    this.#backOff.reset();
    this.#try();
  }

  #try(): void {
    const turn = ++this.#turn;
    this.connection.set({ status: 'connecting', retryAt: null });
    this.#parts.token().then(
      (token) => {
        if (this.#isWanted && turn === this.#turn) this.#attempt = this.#begin(token, turn);
      },
      (error: unknown) => {
        if (turn === this.#turn) this.#failed(asClientError(error));
      },
    );
  }

  #begin(token: string, turn: number): Attempt {
    const isCurrent = (): boolean => turn === this.#turn;
    const wire = this.#parts.openWire(
      { url: this.#parts.url, token },
      {
        opened: () => {
          if (isCurrent() && this.#attempt) this.#opened(this.#attempt);
        },
        closed: (error) => {
          if (isCurrent()) this.#failed(error);
        },
        event: (name, payload) => {
          if (isCurrent() && this.#attempt) this.#received(this.#attempt, name, payload);
        },
      },
    );
    return {
      token,
      wire,
      commands: new Commands(wire, this.#parts.timers, this.#parts.pulse ?? noPulse),
      isOpen: false,
      early: [],
      lost: 0,
    };
  }

  #opened(attempt: Attempt): void {
    attempt.isOpen = true;
    this.connection.set({ status: 'syncing', retryAt: null });
    this.#caughtUp(attempt).then(
      () => {
        if (!this.#flush(attempt)) return;
        this.#backOff.reset();
        this.connection.set({ status: 'online', retryAt: null });
      },
      (error: unknown) => {
        if (this.#attempt === attempt) this.#failed(asClientError(error));
      },
    );
  }

  async #caughtUp(attempt: Attempt): Promise<void> {
    for (;;) {
      const { lost } = attempt;
      await this.#parts.catchUp();
      if (attempt.lost === lost || this.#attempt !== attempt) return;
      attempt.early = [];
    }
  }

  /** Passes on the events that came before the catch-up; whether this attempt is still the current one after that. */
  #flush(attempt: Attempt): boolean {
    const early = attempt.early ?? [];
    attempt.early = null;
    for (const [name, payload] of early) if (this.#attempt === attempt) this.#parts.onEvent(name, payload);
    return this.#attempt === attempt;
  }

  #received(attempt: Attempt, name: string, payload: unknown): void {
    this.#parts.pulse?.received();
    switch (name) {
      case 'session:revoked':
        this.#parts.onRevoked((payload as { reason: string }).reason);
        return;
      case 'session:expired':
        this.#renewAndReopen(attempt.token);
        return;
      case 'server:moving':
        this.#leave((payload as { retryAfterMs: number }).retryAfterMs);
        return;
      default:
        if (!attempt.early) this.#parts.onEvent(name, payload);
        else if (attempt.early.length < earlyAtMost) attempt.early.push([name, payload]);
        else attempt.lost++;
    }
  }

  #probe(attempt: Attempt): void {
    const stop = this.#parts.timers.after(probeWithinMs, () => {
      if (this.#attempt === attempt) this.#reopen();
    });
    this.#parts.catchUp().then(stop, stop);
  }

  #failed(error: ClientError): void {
    // The status of the connection already shows it; a stall would be shown twice.
    this.#parts.pulse?.received();
    const refused = this.#attempt?.token;
    this.#drop();
    if (!this.#isWanted) return;
    if (error.code === 'unauthenticated' && refused !== undefined) {
      this.#renewAndReopen(refused);
      return;
    }
    this.#retryIn(this.#backOff.next(error.retryAfter), error);
  }

  #renewAndReopen(refused: string): void {
    this.#drop();
    const turn = ++this.#turn;
    this.connection.set({ status: 'connecting', retryAt: null });
    const again = (error: ClientError | null): void => {
      if (this.#isWanted && turn === this.#turn) this.#retryIn(this.#backOff.next(error?.retryAfter), error);
    };
    this.#parts.renew(refused).then(
      () => {
        again(null);
      },
      (error: unknown) => {
        again(asClientError(error));
      },
    );
  }

  #leave(retryAfterMs: number): void {
    this.#drop();
    this.#backOff.reset();
    this.#retryIn(retryAfterMs);
  }

  #retryIn(ms: number, error: ClientError | null = null): void {
    this.#cancelRetry?.();
    const why = error && error.code !== 'offline' ? { code: error.code, ...storageOf(error) } : {};
    this.connection.set({ status: 'offline', retryAt: this.#parts.timers.now() + ms, ...why });
    this.#cancelRetry = this.#parts.timers.after(ms, () => {
      this.#cancelRetry = null;
      this.#try();
    });
  }

  #drop(): void {
    this.#turn++;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    const attempt = this.#attempt;
    this.#attempt = null;
    attempt?.wire.close();
    attempt?.commands.abandon();
  }
}
