import type { IncomingMessage } from 'node:http';
import { AppError } from '../../kernel/errors.ts';
import { networkOf } from '../../kernel/network.ts';
import type { AddressOf } from '../address.ts';
import { type EngineConnection, terminate } from './socket-connection.ts';

/** How long a connection may be open without being signed in. */
export const signInWithinMs = 10_000;
/** Sign-ins tried on one connection, one after the other. */
const triesPerConnection = 5;
/** Connections of one network that are not signed in: an office that comes back at once. */
const perNetwork = 1_000;

interface Arrival {
  readonly network: string;
  /** Milliseconds of the process. */
  readonly since: number;
  tries: number;
  isSigningIn: boolean;
}

/** Connections that are open and not signed in (any more). */
export class Arrivals {
  readonly #addressOf: AddressOf;
  readonly #scale: () => number;
  readonly #waiting = new Map<EngineConnection, Arrival>();
  readonly #byNetwork = new Map<string, number>();

  /** `scale`: how many times the usual number a network may have. */
  constructor(addressOf: AddressOf, scale: () => number = () => 1) {
    this.#addressOf = addressOf;
    this.#scale = scale;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Throws when this network has too many connections that are not signed in. */
  check(request: IncomingMessage): void {
    if ((this.#byNetwork.get(networkOf(this.#addressOf(request))) ?? 0) >= perNetwork * this.#scale())
      throw new AppError('rate_limited', { detail: 'Too many connections of this network wait for a sign-in.', retryAfter: 5 });
  }

  take(connection: EngineConnection, request: IncomingMessage): void {
    const network = networkOf(this.#addressOf(request));
    this.#waiting.set(connection, { network, since: performance.now(), tries: 0, isSigningIn: false });
    this.#byNetwork.set(network, (this.#byNetwork.get(network) ?? 0) + 1);
    connection.on('close', () => {
      this.#forget(connection);
    });
  }

  /** Begins a sign-in. Throws when one is running or done on this connection, or too many failed. */
  begin(connection: EngineConnection): void {
    const arrival = this.#waiting.get(connection);
    if (!arrival || arrival.isSigningIn || arrival.tries >= triesPerConnection)
      throw new AppError('conflict', { detail: 'A connection is signed in once: open another one.' });
    arrival.tries++;
    arrival.isSigningIn = true;
  }

  failed(connection: EngineConnection): void {
    const arrival = this.#waiting.get(connection);
    if (arrival) arrival.isSigningIn = false;
  }

  signedIn(connection: EngineConnection): void {
    this.#forget(connection);
  }

  /** Ends those that took too long. */
  closeLate(now = performance.now()): void {
    for (const [connection, { since }] of this.#waiting) {
      if (now - since < signInWithinMs) return;
      terminate(connection);
      this.#forget(connection);
    }
  }

  #forget(connection: EngineConnection): void {
    const arrival = this.#waiting.get(connection);
    if (!arrival) return;
    this.#waiting.delete(connection);
    const left = (this.#byNetwork.get(arrival.network) ?? 1) - 1;
    if (left > 0) this.#byNetwork.set(arrival.network, left);
    else this.#byNetwork.delete(arrival.network);
  }
}
