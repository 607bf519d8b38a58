import { AppError } from '../kernel/errors.ts';
import { LogThrottle } from '../kernel/telemetry/log-throttle.ts';
import { type Logger, silentLogger } from '../kernel/telemetry/logger.ts';

interface OriginParts {
  readonly publicUrl: string;
  readonly extra: readonly string[];
  readonly publicUrlIsGiven: boolean;
  readonly logger?: Logger;
}

/** Where a request says that it comes from; a browser sets these headers itself. */
export interface Caller {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  readonly fetchSite?: string | undefined;
}

/**
 * Which pages may talk to this server from a browser. With a configured public URL: that origin and the listed ones,
 * exactly. Without one (a first look on a laptop or in a LAN): also the address the browser itself used, as long as it
 * is `localhost` or an IP literal, which no DNS rebinding can forge.
 */
export class OriginPolicy {
  readonly #publicUrl: string;
  readonly #allowed: ReadonlySet<string>;
  readonly #trustsAddresses: boolean;
  readonly #logger: Logger;
  readonly #lines = new LogThrottle();

  constructor({ publicUrl, extra, publicUrlIsGiven, logger = silentLogger }: OriginParts) {
    this.#publicUrl = publicUrl;
    this.#allowed = new Set([publicUrl, ...extra].map((url) => new URL(url).origin));
    this.#trustsAddresses = !publicUrlIsGiven;
    this.#logger = logger;
  }

  /** A request without `Origin` is no page of a browser and carries no cookies of one. */
  allows(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    if (this.#allowed.has(origin)) return true;
    return this.#trustsAddresses && host !== undefined && isAddress(host) && sameHost(origin, host);
  }

  /** Throws `origin_refused`, which names the address that the server is reached at; the log names the setting. */
  require({ origin, host, fetchSite }: Caller): void {
    if (fetchSite !== 'cross-site' && this.allows(origin, host)) return;
    this.#report(origin ?? host ?? '');
    throw new AppError('origin_refused', {
      detail: `This server is reached at ${this.#publicUrl}; a page of another address may not use it.`,
      errors: [{ path: 'publicUrl', message: this.#publicUrl }],
    });
  }

  #report(origin: string): void {
    const leftOut = this.#lines.admit('origin');
    if (leftOut === null) return;
    this.#logger.warn(`a page at ${origin} was refused: CONFAB_PUBLIC_URL is ${this.#publicUrl}`, {
      event: 'http.origin_refused',
      origin: origin.slice(0, 200),
      publicUrl: this.#publicUrl,
      setting: 'CONFAB_PUBLIC_URL',
      ...(leftOut > 0 ? { leftOut } : {}),
    });
  }
}

const sameHost = (origin: string, host: string): boolean => origin === `http://${host}` || origin === `https://${host}`;
const isAddress = (host: string): boolean => /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])(:\d+)?$/i.test(host);
