import type { FanOut } from './fan-out.ts';
import type { Heads } from './heads.ts';
import { behindBytes, type Link } from './link.ts';

const everyMs = 100;
const headsPerPacket = 500;

/**
 * Links that got no events of some conversations because too much was waiting for them. Once they have read most of that, they get the
 * heads of those conversations instead, and ask `sync` for what they lack: in pages, as fast as they read.
 */
export class Behind {
  readonly #heads: Heads;
  readonly #fanOut: FanOut;
  readonly #links = new Set<Link>();
  #timer: NodeJS.Timeout | null = null;

  constructor(heads: Heads, fanOut: FanOut) {
    this.#heads = heads;
    this.#fanOut = fanOut;
  }

  get count(): number {
    return this.#links.size;
  }

  add(link: Link): void {
    this.#links.add(link);
    this.#timer ??= setInterval(() => {
      this.look();
    }, everyMs).unref();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  look(): void {
    for (const link of this.#links) {
      if (!link.isCut && link.waitingBytes > behindBytes / 2) continue;
      this.#links.delete(link);
      if (!link.isCut) this.#sendHeads(link);
    }
    if (this.#links.size === 0) this.close();
  }

  #sendHeads(link: Link): void {
    const missed = [...(link.missed ?? [])];
    link.missed = null;
    for (let at = 0; at < missed.length; at += headsPerPacket) {
      const heads = this.#heads.of(missed.slice(at, at + headsPerPacket));
      this.#fanOut.toLink(link, `2["conversation:heads",${JSON.stringify({ heads })}]`);
    }
  }
}
