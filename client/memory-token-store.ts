import type { TokenStore } from './options.ts';

/** Keeps the refresh token as long as the program runs. */
export class MemoryTokenStore implements TokenStore {
  #refreshToken: string | null = null;

  read(): Promise<string | null> {
    return Promise.resolve(this.#refreshToken);
  }

  write(refreshToken: string | null): Promise<void> {
    this.#refreshToken = refreshToken;
    return Promise.resolve();
  }
}
