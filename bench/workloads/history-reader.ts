import { call } from '../rig/api.ts';
import type { Grown } from '../rig/grown-systems.ts';
import { LoadClient } from '../rig/load-client.ts';
import { type Spent, startMeter } from '../rig/meter.ts';
import { Words } from '../rig/words.ts';

const pageSize = 50;
const missed = 20;

interface SyncAnswer {
  readonly conversations: readonly { readonly id: string; readonly rev: number; readonly lastSeq: number }[];
  readonly changes: Readonly<Record<string, { readonly messages: readonly unknown[] }>>;
  readonly cursor: string | null;
  readonly more: boolean;
}

export interface Timed {
  readonly timesMs: readonly number[];
  readonly spent: Spent;
}

/** Somebody in all conversations, who reads and writes in the longest. */
export class HistoryReader {
  readonly problems: string[] = [];
  readonly #running: Grown;
  readonly #client: LoadClient;
  readonly #revs: Record<string, number> = {};
  readonly #words = new Words(7);
  #lastSeq = 0;

  static async open(running: Grown): Promise<HistoryReader> {
    const reader = new HistoryReader(running, await LoadClient.open({ port: running.ports[0]!, token: running.team.owner.accessToken }));
    await reader.#learn();
    return reader;
  }

  private constructor(running: Grown, client: LoadClient) {
    this.#running = running;
    this.#client = client;
  }

  /** One after another, with what all of them cost. */
  async time(count: number, act: (n: number) => Promise<void>): Promise<Timed> {
    for (let n = 0; n < count / 5; n++) await act(n);
    const timesMs: number[] = [];
    const read = startMeter(this.#running.pids);
    for (let n = 0; n < count; n++) {
      const since = performance.now();
      await act(n);
      timesMs.push(performance.now() - since);
    }
    return { timesMs, spent: read() };
  }

  newestPage(): Promise<void> {
    return this.#page('');
  }

  pageInTheMiddle(n: number): Promise<void> {
    const beforeSeq = Math.floor(this.#lastSeq / 2) + ((n * pageSize) % Math.floor(this.#lastSeq / 4));
    return this.#page(`&beforeSeq=${String(beforeSeq)}`);
  }

  async sync(): Promise<void> {
    const revs = { ...this.#revs, [this.#longest]: this.#revs[this.#longest]! - missed };
    const { changes } = await this.#client.ask<SyncAnswer>('sync', { revs });
    this.#expect('sync', changes[this.#longest]?.messages.length, missed);
  }

  send(): Promise<void> {
    return new Promise((sent) => {
      this.#client.onAnswer = (receipt, answer) => {
        if (!receipt) this.problems.push(`send: ${answer.slice(0, 200)}`);
        sent();
      };
      this.#client.send(this.#longest, this.#words.text());
    });
  }

  close(): void {
    this.#client.close();
  }

  get #longest(): string {
    return this.#running.team.conversations[0]!;
  }

  async #page(bound: string): Promise<void> {
    const { ports, team } = this.#running;
    const path = `/conversations/${this.#longest}/messages?limit=${String(pageSize)}${bound}`;
    const { items } = await call<{ items: unknown[] }>(ports[0]!, { method: 'GET', path, token: team.owner.accessToken });
    this.#expect('page', items.length, pageSize);
  }

  async #learn(): Promise<void> {
    for (let cursor: string | null = null, more = true; more;) {
      const answer: SyncAnswer = await this.#client.ask('sync', { revs: this.#revs, ...(cursor === null ? {} : { cursor }) });
      for (const { id, rev, lastSeq } of answer.conversations) {
        this.#revs[id] = rev;
        if (id === this.#longest) this.#lastSeq = lastSeq;
      }
      ({ cursor, more } = answer);
    }
  }

  #expect(what: string, found: number | undefined, wanted: number): void {
    if (found !== wanted) this.problems.push(`${what}: ${String(found)} messages instead of ${String(wanted)}`);
  }
}
