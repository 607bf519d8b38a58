import { listMembers } from '../src/contracts/chat/members.ts';
import type { Member } from '../src/contracts/chat/conversations.ts';
import type { Change } from './change.ts';
import type { Client } from './client.ts';
import { withMemberChange, withMemberRead } from './member-list.ts';
import { Cell } from './readable.ts';

const perPage = 1_000;

/** The members of one conversation: read when they are asked for, then followed. */
export class Members {
  readonly list = new Cell<readonly Member[]>([]);
  readonly #conversationId: string;
  readonly #call: Client['call'];
  #are: 'unknown' | 'stale' | 'known' = 'unknown';
  #loading: Promise<void> | null = null;
  /** Changes that came while pages are being read. */
  #meanwhile: Change[] = [];
  /** Grows when the answers of running calls are no longer wanted. */
  #forgettings = 0;

  constructor(conversationId: string, call: Client['call']) {
    this.#conversationId = conversationId;
    this.#call = call;
  }

  async load(): Promise<void> {
    if (this.#are === 'known') return;
    const loading = (this.#loading ??= this.#read().finally(() => {
      if (this.#loading === loading) this.#loading = null;
    }));
    await loading;
  }

  follow(change: Change): void {
    if (this.#are !== 'unknown') this.list.set(withMemberChange(this.list.get(), change));
    if (this.#loading) this.#meanwhile.push(change);
  }

  readBy(userId: string, seq: number): void {
    this.list.set(withMemberRead(this.list.get(), userId, seq));
  }

  /** They may have changed without an event. */
  synced(): void {
    if (this.#are === 'unknown') return;
    this.#are = 'stale';
    if (this.list.isWatched) this.load().catch(() => undefined);
  }

  forget(): void {
    this.#are = 'unknown';
    this.#forgettings++;
    this.#loading = null;
    this.list.set([]);
  }

  async #read(): Promise<void> {
    this.#meanwhile = [];
    const forgettings = this.#forgettings;
    const members: Member[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Member[]; nextCursor: string | null } = await this.#call(listMembers, {
        conversationId: this.#conversationId,
        limit: perPage,
        ...(cursor === null ? {} : { cursor }),
      });
      members.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (forgettings !== this.#forgettings) return;
    this.#are = 'known';
    this.list.set(this.#meanwhile.reduce(withMemberChange, members));
  }
}
