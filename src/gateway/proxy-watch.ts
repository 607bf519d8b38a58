import type { IncomingMessage } from 'node:http';
import type { Health } from '../kernel/health.ts';
import { isPrivateAddress, plainAddress } from '../kernel/network.ts';
import type { Logger } from '../kernel/telemetry/logger.ts';

const proxiesAtMost = 20;

/** Finds proxies that forward the caller's address and are not trusted: behind one of them all callers share the budgets of one address. */
export class ProxyWatch {
  readonly #logger: Logger;
  readonly #health: Health;
  readonly #seen = new Set<string>();

  constructor({ logger, health }: { logger: Logger; health: Health }) {
    this.#logger = logger;
    this.#health = health;
  }

  /** Called for each request whose direct peer is not trusted. */
  readonly look = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): void => {
    if (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined) return;
    const peer = plainAddress(socket.remoteAddress ?? '');
    // Anybody can send the header; a proxy of ours stands on this machine or in a private network.
    if (!isPrivateAddress(peer) || this.#seen.has(peer) || this.#seen.size >= proxiesAtMost) return;
    if (this.#seen.size === 0) this.#health.add({ name: 'proxy', required: false, check: () => Promise.reject(new Error(this.#fault())) });
    this.#seen.add(peer);
    this.#logger.warn(
      `requests come through a proxy at ${peer} that is not trusted: everybody behind it shares one budget; set CONFAB_TRUSTED_PROXIES`,
      { event: 'http.proxy_untrusted', proxy: peer, setting: 'CONFAB_TRUSTED_PROXIES' },
    );
  };

  #fault(): string {
    return `Requests come through ${[...this.#seen].join(', ')}, which CONFAB_TRUSTED_PROXIES does not name: everybody behind it shares one budget and one address in the log.`;
  }
}
