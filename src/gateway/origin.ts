/**
 * Which pages may talk to this server from a browser. With a configured public URL: that origin and the listed ones,
 * exactly. Without one (a first look on a laptop or in a LAN): also the address the browser itself used, as long as it
 * is `localhost` or an IP literal, which no DNS rebinding can forge.
 */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string>;
  readonly #trustsAddresses: boolean;

  constructor({ publicUrl, extra, publicUrlIsGiven }: { publicUrl: string; extra: readonly string[]; publicUrlIsGiven: boolean }) {
    this.#allowed = new Set([publicUrl, ...extra].map((url) => new URL(url).origin));
    this.#trustsAddresses = !publicUrlIsGiven;
  }

  /** A request without `Origin` is no page of a browser and carries no cookies of one. */
  allows(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    if (this.#allowed.has(origin)) return true;
    return this.#trustsAddresses && host !== undefined && isAddress(host) && sameHost(origin, host);
  }
}

const sameHost = (origin: string, host: string): boolean => origin === `http://${host}` || origin === `https://${host}`;
const isAddress = (host: string): boolean => /^(localhost|\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\])(:\d+)?$/i.test(host);
