import type { TokenStore } from './options.ts';

/**
 * The random token by which accounts recognise a program, as a browser's cookie does: a device that signed in before is held off by its own wrong
 * passwords alone, not by those of others behind its address. It opens nothing by itself, and stays when a session ends.
 */
export class DeviceToken {
  readonly #store: TokenStore;
  #token: Promise<string> | null = null;

  constructor(store: TokenStore) {
    this.#store = store;
  }

  /** Never rejects: a store that fails keeps no program from signing in. */
  get(): Promise<string> {
    return (this.#token ??= this.#keptOrNew());
  }

  async #keptOrNew(): Promise<string> {
    const kept = await Promise.resolve(this.#store.readDevice?.()).catch(() => null);
    if (typeof kept === 'string' && /^[\w-]{22,128}$/.test(kept)) return kept;
    const made = newToken();
    await Promise.resolve(this.#store.writeDevice?.(made)).catch(() => undefined);
    return made;
  }
}

const newToken = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('');
