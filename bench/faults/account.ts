import { call, login, type Call, type Session } from '../rig/api.ts';

// Access tokens live 15 minutes at most.
const freshForMs = 8 * 60_000;

/** A person of the kill test, signed in again when the token grows old or is refused. */
export class Account {
  readonly id: string;
  readonly username: string;
  readonly #port: number;
  #token: string;
  #issuedAt = Date.now();

  constructor(port: number, username: string, session: Session) {
    this.#port = port;
    this.username = username;
    this.id = session.user.id;
    this.#token = session.accessToken;
  }

  async token(): Promise<string> {
    if (Date.now() - this.#issuedAt > freshForMs) await this.renew();
    return this.#token;
  }

  async renew(): Promise<void> {
    const session = await login(this.#port, this.username);
    this.#token = session.accessToken;
    this.#issuedAt = Date.now();
  }

  async call<T>(request: Omit<Call, 'token'>): Promise<T> {
    return call<T>(this.#port, { ...request, token: await this.token() });
  }
}
