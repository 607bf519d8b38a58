import { sendMessage } from '../src/contracts/chat/messages.ts';
import { markRead } from '../src/contracts/chat/read-state.ts';
import type { Operation, Output, RawInput } from '../src/contracts/define.ts';
import { addSubscription, getPushKey, removeEndpoint } from '../src/contracts/notifications/subscriptions.ts';
import type { OutboxEntry } from './client.ts';
import { asClientError, ClientError } from './client-error.ts';
import { Http } from './http.ts';
import { IndexedDbOutboxStore } from './outbox-store/indexed-db.ts';
import type { OutboxStore } from './options.ts';
import { exclusivelyBy } from './platform.ts';
import { isFinal, payloadOf } from './sendable.ts';
import { Session } from './session.ts';
import { systemTimers, type Timers } from './timers.ts';
import { newUuid } from './uuid.ts';

export interface WorkerAccountParts {
  readonly fetch: typeof fetch;
  readonly timers: Timers;
  /** Absent on plain http beyond localhost. */
  readonly locks: LockManager | undefined;
  readonly outbox: Pick<OutboxStore, 'put' | 'remove'>;
}

/**
 * What a service worker does for the person who is signed in in this browser, without a connection of its own. It renews the session by the browser's
 * cookie as one more tab does, under the lock that all tabs share, and drops the token after each call.
 */
export class WorkerAccount {
  readonly #parts: WorkerAccountParts;

  constructor(parts: WorkerAccountParts) {
    this.#parts = parts;
  }

  /** Rejects with `unauthenticated` where anybody else, or nobody, is signed in; with `offline` without an answer. */
  async call<O extends Operation>(userId: string, operation: O, input: RawInput<O>): Promise<Output<O>> {
    const { fetch, timers, locks } = this.#parts;
    const http = new Http({ url: '', fetch, timers, isProgram: false });
    const session = new Session({ http, timers, exclusively: exclusivelyBy(locks), tokens: null });
    try {
      await session.start();
      const state = session.state.get();
      if (state.status === 'unknown') throw new ClientError(session.obstacle.get()?.code ?? 'offline');
      if (state.status === 'signed-out' || state.user.id !== userId) throw new ClientError('unauthenticated');
      return await session.call(operation, input);
    } finally {
      session.pause();
    }
  }

  /** The key of the team that pushes are subscribed under; null: the server sends none. */
  async pushKey(userId: string): Promise<string | null> {
    return (await this.call(userId, getPushKey, {})).publicKey;
  }

  /** Adds the subscription of this browser, or confirms it; `former`: the endpoint in whose place it stands. */
  async subscribe(userId: string, subscription: RawInput<typeof addSubscription>, former: string | null): Promise<void> {
    await this.call(userId, addSubscription, subscription);
    if (former !== null) await this.call(userId, removeEndpoint, { endpoint: former });
  }

  async markRead(userId: string, at: RawInput<typeof markRead>): Promise<void> {
    await this.call(userId, markRead, at);
  }

  /**
   * Puts the text into the outbox of the page before it sends it, so that it is neither lost nor doubled. `kept`: it waits there for the next page of this
   * person. `refused`: it will never be taken.
   */
  async reply(userId: string, { conversationId, text }: { conversationId: string; text: string }): Promise<'sent' | 'kept' | 'refused'> {
    const { outbox, timers } = this.#parts;
    const entry = entryOf(conversationId, text, timers.now());
    const isKept = await outbox.put(userId, entry).then(
      () => true,
      () => false,
    );
    try {
      await this.call(userId, sendMessage, payloadOf(entry));
    } catch (thrown) {
      const error = asClientError(thrown);
      if (isKept && error.code !== 'unauthenticated' && !isFinal(error)) return 'kept';
      await outbox.remove(userId, entry.clientMessageId).catch(() => undefined);
      return 'refused';
    }
    await outbox.remove(userId, entry.clientMessageId).catch(() => undefined);
    return 'sent';
  }
}

const entryOf = (conversationId: string, text: string, now: number): OutboxEntry => ({
  clientMessageId: newUuid(now),
  conversationId,
  text,
  replyTo: null,
  threadRootId: null,
  createdAt: now,
  state: 'waiting',
  code: null,
});

export const workerAccount = ({ locks }: { locks: LockManager | undefined }): WorkerAccount =>
  new WorkerAccount({
    // Not `fetch` itself: it throws when it is called as a method of another object.
    fetch: (input, init) => fetch(input, init),
    timers: systemTimers,
    locks,
    outbox: new IndexedDbOutboxStore(indexedDB),
  });
