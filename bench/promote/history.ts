import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../faults/account.ts';
import { Device } from '../faults/device.ts';
import { eachOf } from '../rig/api.ts';

const pageSize = 200;
const width = 256;

/** A long conversation of one person. */
export class History {
  readonly conversationId: string;
  readonly #account: Account;
  readonly #port: number;

  static async begin(port: number, account: Account): Promise<History> {
    const body = { kind: 'group', name: 'history', memberIds: [] };
    const { id } = await account.call<{ id: string }>({ method: 'POST', path: '/conversations', body });
    return new History(port, account, id);
  }

  private constructor(port: number, account: Account, conversationId: string) {
    this.#port = port;
    this.#account = account;
    this.conversationId = conversationId;
  }

  /** Resolves once every message is acked. */
  async fill(count: number): Promise<void> {
    const { conversationId } = this;
    const device = new Device({ port: this.#port, account: this.#account });
    while (!device.isOpen) await sleep(10);
    await eachOf(count, width, (index) =>
      device.command(
        'message:send',
        { conversationId, clientMessageId: randomUUID(), text: `история ${String(index)}: nothing new under the sun` },
        60_000,
      ),
    );
    device.stop();
  }

  /** The numbers of its texts, page by page. */
  async read(): Promise<number[]> {
    const seqs: number[] = [];
    for (let after = 0; ;) {
      const path = `/conversations/${this.conversationId}/messages?afterSeq=${String(after)}&limit=${String(pageSize)}`;
      const { items, hasMore } = await this.#account.call<Page>({ method: 'GET', path });
      seqs.push(...items.filter(({ kind }) => kind === 'text').map(({ seq }) => seq));
      if (!hasMore) return seqs;
      after = items.at(-1)!.seq;
    }
  }
}

interface Page {
  readonly items: readonly { readonly seq: number; readonly kind: string }[];
  readonly hasMore: boolean;
}
