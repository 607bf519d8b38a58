import { listMessages, sendMessage } from '../src/contracts/chat/messages.ts';
import { markRead } from '../src/contracts/chat/read-state.ts';
import { setTyping } from '../src/contracts/chat/typing.ts';
import { sync } from '../src/contracts/chat/sync.ts';
import { createConversation, getConversation } from '../src/contracts/chat/conversations.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { Conversation, ConversationHead } from '../src/contracts/chat/conversations.ts';
import type { Operation, Output, RawInput } from '../src/contracts/define.ts';
import { CatchUp } from './catch-up.ts';
import type { Change } from './change.ts';
import type { Client } from './client.ts';
import { OpenConversation } from './conversation-handle.ts';
import type { HandleParts } from './handle-parts.ts';
import { Conversations } from './conversations.ts';
import { Events } from './events.ts';
import { HoleFiller } from './hole-filler.ts';
import { Outbox } from './outbox.ts';
import { payloadOf } from './sendable.ts';
import { LaterUploads } from './uploads/later-uploads.ts';
import type { UploadAnswer, UploadRequest } from './http.ts';
import { LocalCopy } from './local-copy.ts';
import type { LocalStore, OutboxStore, UploadStore } from './options.ts';
import { ReadMarks } from './read-marks.ts';
import type { Step } from './stream.ts';
import type { Exclusively } from './platform.ts';
import type { Timers } from './timers.ts';
import type { EventSinks } from './wire-events.ts';

export interface ChatParts {
  readonly call: Client['call'];
  /** Sends an operation over the socket; resolves with its output as the contract declares it. */
  readonly command: <O extends Operation>(operation: O, input: RawInput<O>) => Promise<Output<O>>;
  readonly isConnected: () => boolean;
  readonly store: OutboxStore;
  readonly uploadStore: UploadStore | undefined;
  readonly isBrowser: boolean;
  readonly askForUpload: (request: UploadRequest) => Promise<UploadAnswer>;
  /** Null: nothing is kept for the next start. */
  readonly local: LocalStore | null;
  readonly people: () => readonly User[];
  readonly timers: Timers;
  readonly exclusively: Exclusively;
}

const historyPage = 200;
/** How many windows without a viewer are kept. */
const windowsAtMost = 30;

/** The chat of one person: conversations, their logs, and the messages on their way to the server. */
export class Chat {
  readonly events = new Events();
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly uploads: LaterUploads;
  readonly catchUp: CatchUp;
  readonly local: LocalCopy;
  readonly #parts: ChatParts;
  readonly #readMarks: ReadMarks;
  readonly #holes: HoleFiller;
  readonly #handles = new Map<string, OpenConversation>();
  readonly #handleParts: HandleParts;
  /** Those with a window, the last opened last. */
  readonly #opened = new Set<OpenConversation>();
  #ownId = '';
  /** Counts the people who signed in here: an answer to a call of one of them is not taken for the next. */
  #turn = 0;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.local = this.#newLocalCopy();
    this.conversations = this.#newConversations();
    this.catchUp = new CatchUp({
      timers: parts.timers,
      bySocket: (question) => parts.command(sync, question),
      byHttp: (question) => parts.call(sync, question),
      isConnected: parts.isConnected,
      knownIds: () => this.conversations.ids,
      revs: (ids) => this.conversations.revs(ids),
      take: (answer) => {
        this.conversations.take(answer);
      },
      completed: () => {
        this.conversations.completed();
        this.local.completed(this.conversations.list.get().map(({ id }) => id));
      },
    });
    this.outbox = this.#newOutbox();
    this.uploads = new LaterUploads({
      store: parts.uploadStore,
      isBrowser: parts.isBrowser,
      timers: parts.timers,
      exclusively: parts.exclusively,
      ask: parts.askForUpload,
      onChange: this.outbox.wake,
    });
    this.#holes = new HoleFiller({
      history: (conversationId, afterSeq) => parts.call(listMessages, { conversationId, afterSeq, limit: historyPage }),
      take: (conversationId, messages) => this.conversations.history(conversationId, messages),
      onFailure: () => {
        this.catchUp.soon();
      },
    });
    this.#readMarks = new ReadMarks({
      timers: parts.timers,
      send: (conversationId, seq) => parts.command(markRead, { conversationId, seq }),
    });
    this.#handleParts = this.#newHandleParts();
  }

  /** Starts over for this person, with what the device kept of them; null: for nobody. */
  begin(ownId: string | null, kept: readonly Conversation[] = []): void {
    this.pause();
    this.#turn++;
    this.#readMarks.clear();
    this.#ownId = ownId ?? '';
    for (const handle of this.#handles.values()) handle.forget();
    this.local.leave();
    this.conversations.begin(this.#ownId, kept);
    this.#opened.clear();
    this.uploads.begin(ownId);
    if (ownId === null) this.outbox.close();
    else this.outbox.open(ownId).catch(() => undefined);
  }

  /** The connection is back. */
  resume(): void {
    this.outbox.resume().catch(() => undefined);
    this.uploads.resume();
    this.#readMarks.resume();
  }

  pause(): void {
    this.catchUp.stop();
    this.#readMarks.pause();
    for (const handle of this.#handles.values()) handle.marks.clear();
  }

  /** Ends what runs; resolves when what is kept for the next start is written. */
  stop(): Promise<void> {
    this.pause();
    this.uploads.stop();
    return this.local.flush();
  }

  /** After a sign-out nothing of the person stays on the device. */
  async clear(userId: string): Promise<void> {
    await Promise.all([this.outbox.clear(userId), this.uploads.clear(userId), this.local.end(userId)]);
  }

  handle(id: string): OpenConversation {
    const known = this.#handles.get(id);
    if (known) return known;
    const handle = new OpenConversation(id, this.#handleParts);
    this.#handles.set(id, handle);
    return handle;
  }

  async openDirect(userId: string): Promise<OpenConversation> {
    const turn = this.#turn;
    const conversation = await this.#parts.call(createConversation, { kind: 'direct', memberIds: [userId] });
    if (turn === this.#turn) this.conversations.fetched(conversation);
    return this.handle(conversation.id);
  }

  /** What receives the events of the server. */
  get sinks(): Pick<EventSinks, 'change' | 'created' | 'removed' | 'muted' | 'read' | 'typing' | 'heads'> {
    const { change, created, removed, muted, read, typing, heads } = this;
    return { change, created, removed, muted, read, typing, heads };
  }

  // ---- Events of the server -------------------------------------------------------------------

  readonly change = (id: string, change: Change): void => {
    this.conversations.receive(id, change);
  };

  readonly created = (head: ConversationHead): void => {
    this.conversations.created(head);
    // Its last message is not in the event.
    if (head.lastSeq > 0) this.#fetch(head.id).catch(() => undefined);
  };

  readonly removed = (id: string): void => {
    this.conversations.removed(id);
  };

  readonly muted = (id: string, muted: boolean): void => {
    this.conversations.muted(id, muted);
  };

  readonly read = (id: string, userId: string, seq: number): void => {
    if (userId === this.#ownId) this.conversations.read(id, seq);
    this.#handles.get(id)?.readBy(userId, seq);
  };

  readonly typing = (id: string, userId: string, typing: boolean): void => {
    if (userId !== this.#ownId) this.#handles.get(id)?.typed(userId, typing);
  };

  readonly heads = (heads: Readonly<Record<string, number>>): void => {
    this.conversations.heads(heads);
  };

  // ---- Parts ----------------------------------------------------------------------------------

  #newConversations(): Conversations {
    return new Conversations({
      stepped: (id, step) => {
        this.#stepped(id, step);
      },
      shown: (id, conversation) => {
        this.#handles.get(id)?.shown(conversation);
        if (conversation) this.local.changed(id);
      },
      gone: (conversationId) => {
        this.local.removed(conversationId);
        this.events.emit('conversation-removed', { conversationId });
      },
      followed: (id, rev) => this.#handles.get(id)?.followed(rev),
      reset: (id) => this.#handles.get(id)?.reset(),
      synced: (id) => this.#handles.get(id)?.synced(),
      gap: () => {
        this.catchUp.soon();
      },
      hole: (id, seq) => {
        this.#holes.fill(id, seq);
      },
    });
  }

  #newLocalCopy(): LocalCopy {
    const { local, timers, people } = this.#parts;
    return new LocalCopy({
      store: local,
      timers,
      people,
      conversation: (id) => {
        const conversation = this.conversations.isSettled(id) ? this.conversations.get(id) : null;
        return conversation && { conversation, page: this.#handles.get(id)?.pageToKeep(conversation) ?? null };
      },
    });
  }

  #newOutbox(): Outbox {
    const { store, timers, exclusively, isConnected, command } = this.#parts;
    return new Outbox({
      store,
      timers,
      exclusively,
      isConnected,
      isReady: ({ uploadIds = [] }) => uploadIds.length === 0 || this.uploads.areSettled(uploadIds),
      deliver: async (entry) => {
        const { uploadIds = [] } = entry;
        const attachmentIds = [...this.uploads.attachmentIds(uploadIds)];
        const acked = await command(sendMessage, { ...payloadOf(entry), ...(attachmentIds.length > 0 ? { attachmentIds } : {}) });
        if (attachmentIds.length > 0) this.uploads.ended(entry.clientMessageId, 'sent');
        return acked;
      },
      isPast: (id, rev) => this.conversations.isPast(id, rev),
      onLate: () => {
        this.catchUp.soon();
      },
      onChange: (id) => this.#handles.get(id)?.publish(),
    });
  }

  #outboxWithFiles(): HandleParts['outbox'] {
    const { outbox, uploads } = this;
    return {
      add: (conversationId, draft) => {
        const sent = outbox.add(conversationId, draft);
        uploads.belong(draft.uploadIds ?? [], sent.clientMessageId);
        return sent;
      },
      discard: (clientMessageId) => {
        outbox.discard(clientMessageId);
        uploads.ended(clientMessageId, 'discarded');
      },
      retry: (clientMessageId) => {
        outbox.retry(clientMessageId);
      },
      pendingOf: (conversationId) => outbox.pendingOf(conversationId),
    };
  }

  #newHandleParts(): HandleParts {
    return {
      call: this.#parts.call,
      outbox: this.#outboxWithFiles(),
      uploads: this.uploads,
      timers: this.#parts.timers,
      ownId: () => this.#ownId,
      current: (id) => this.conversations.get(id),
      isConfirmed: (id) => this.conversations.isConfirmed(id),
      kept: (id) => this.local.page(this.#ownId, id),
      paged: (id) => {
        this.local.changed(id);
      },
      markRead: (id, seq) => {
        this.#markRead(id, seq);
      },
      sendTyping: (conversationId, typing) => {
        this.#parts.command(setTyping, { conversationId, typing }).catch(() => undefined);
      },
      changed: (message) => {
        this.events.emit('message-changed', message);
      },
      opened: (handle) => {
        this.#keepFew(handle);
      },
    };
  }

  /** Updates the window first and the outbox after it, so that one publish shows both. */
  #stepped(id: string, step: Pick<Step, 'arrived' | 'changed'>): void {
    const handle = this.#handles.get(id);
    handle?.follow(step);
    for (const message of step.arrived) {
      if (message.senderId !== this.#ownId) continue;
      this.outbox.arrived(message);
      if (message.attachments.length > 0) this.uploads.ended(message.clientMessageId, 'sent');
    }
    handle?.publish();
    for (const message of step.arrived) this.events.emit('message-arrived', message);
    for (const message of step.arrived) if (message.senderId !== this.#ownId) this.events.emit('message', message);
    for (const change of step.changed) if (change.kind === 'message') this.events.emit('message-revised', change.message);
  }

  #keepFew(handle: OpenConversation): void {
    this.#opened.delete(handle);
    this.#opened.add(handle);
    for (const old of this.#opened) {
      if (this.#opened.size <= windowsAtMost) return;
      if (old !== handle && old.unload()) this.#opened.delete(old);
    }
  }

  async #fetch(conversationId: string): Promise<void> {
    const turn = this.#turn;
    const conversation = await this.#parts.call(getConversation, { conversationId });
    if (turn === this.#turn && this.conversations.get(conversationId)) this.conversations.fetched(conversation);
  }

  #markRead(id: string, seq: number): void {
    const before = this.conversations.get(id);
    this.conversations.read(id, seq);
    const after = this.conversations.get(id);
    if (before && after && after.lastReadSeq > before.lastReadSeq) this.#readMarks.set(id, after.lastReadSeq);
  }
}
