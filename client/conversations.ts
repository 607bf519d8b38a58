import type { Conversation, ConversationHead } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { SyncAnswer } from './catch-up.ts';
import type { Change } from './change.ts';
import { byRecency, fromHead, merged, withArrivedMessage, withConversationChange, withRead } from './conversation-state.ts';
import { Cell } from './readable.ts';
import { type Step, type Stream, streamAt, takeChange, takeHistory, takePage } from './stream.ts';

export interface ConversationHooks {
  /** Messages that arrived in their order, and changes of former ones. */
  readonly stepped: (id: string, step: Pick<Step, 'arrived' | 'changed'>) => void;
  /** What everyone sees of the conversation, or what is known of it at all, changed; null: it is not ours any more. */
  readonly shown: (id: string, conversation: Conversation | null) => void;
  /** We left it or were removed. */
  readonly gone: (id: string) => void;
  /** Its changes from this rev on are followed now: what was read before may lack some of the earlier ones. */
  readonly followed: (id: string, rev: number) => void;
  /** The history of the server is not the one we hold: read it again. */
  readonly reset: (id: string) => void;
  /** A sync passed over the conversation: members may have changed without an event. */
  readonly synced: (id: string) => void;
  readonly gap: () => void;
  /** Messages after `seq` are missing although every change is known. */
  readonly hole: (id: string, seq: number) => void;
}

interface Entry {
  conversation: Conversation;
  stream: Stream;
}

/** The user's conversations and how far each is known; everything that happens in them passes through here. */
export class Conversations {
  readonly list = new Cell<readonly Conversation[]>([]);
  /** The first part of the list is there. */
  readonly isLoaded = new Cell(false);
  /** All of it is. */
  readonly isComplete = new Cell(false);
  readonly #hooks: ConversationHooks;
  readonly #entries = new Map<string, Entry>();
  /** As the device kept them: shown until the server has said what they are, and no part of what is followed. */
  readonly #kept = new Map<string, Conversation>();
  #asked: ReadonlyMap<string, Entry> = new Map();
  /** Mutes and removals by events since the last sync was sent: its answer may be older than they are. */
  #muted = new Map<string, boolean>();
  #removed = new Set<string>();
  /** The lowest `seq` that arrived live, of conversations that the first sync has not answered yet. */
  readonly #liveSeqs = new Map<string, number>();
  #ownId = '';

  constructor(hooks: ConversationHooks) {
    this.#hooks = hooks;
  }

  /** Starts over for this person, with what the device kept of them. */
  begin(ownId: string, kept: readonly Conversation[] = []): void {
    const ids = [...this.#entries.keys(), ...this.#kept.keys()];
    this.#ownId = ownId;
    this.#entries.clear();
    this.#kept.clear();
    this.#liveSeqs.clear();
    this.isLoaded.set(false);
    this.isComplete.set(false);
    for (const id of ids) this.#hooks.shown(id, null);
    for (const conversation of kept) {
      this.#kept.set(conversation.id, conversation);
      this.#hooks.shown(conversation.id, conversation);
    }
    this.#publish();
  }

  get(id: string): Conversation | null {
    return this.#entries.get(id)?.conversation ?? this.#kept.get(id) ?? null;
  }

  /** What it says is the server's, and every change up to its rev and every message up to its last one is applied. */
  isSettled(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    const { stream, conversation } = entry;
    return !stream.isBehind && stream.held.size === 0 && stream.ahead.size === 0 && stream.seq === conversation.lastSeq;
  }

  /** The server has said that it is the person's. */
  isConfirmed(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Whether this change has been applied, or never will be. */
  isPast(id: string, rev: number): boolean {
    const entry = this.#entries.get(id);
    return !entry || entry.stream.rev >= rev;
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** How far these are known; what `take` gets next is the answer to it. */
  revs(ids = this.ids): Readonly<Record<string, number>> {
    this.#muted.clear();
    this.#removed.clear();
    this.#asked = new Map(ids.flatMap((id) => [...entryOf(this.#entries, id)]));
    return Object.fromEntries([...this.#asked].map(([id, { stream }]) => [id, stream.rev]));
  }

  /** Applies the answer of a sync that sent what `revs` returned. */
  take(answer: SyncAnswer): void {
    for (const conversation of answer.conversations) {
      if (!this.#removed.has(conversation.id)) this.#take(conversation, answer.changes[conversation.id]?.reset ?? false);
    }
    for (const [id, page] of Object.entries(answer.changes)) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      if (page.reset) this.#restart(entry, page.uptoRev);
      else this.#apply(entry, takePage(entry.stream, page));
      this.#hooks.synced(id);
    }
    for (const id of answer.removed) if (this.#entries.get(id) === this.#asked.get(id)) this.#forget(id);
    const muted = new Set(answer.muted);
    for (const [id, seq] of Object.entries(answer.reads)) {
      this.#update(id, (conversation) => withMute(withRead(conversation, seq), this.#muted.get(id) ?? muted.has(id)));
    }
    for (const entry of this.#entries.values()) this.#lookForHole(entry);
    // The list first: whoever waits for `isLoaded` reads the list at once.
    this.#publish();
    this.isLoaded.set(true);
  }

  /** Every conversation was covered by answers. */
  completed(): void {
    this.#liveSeqs.clear();
    for (const id of [...this.#kept.keys()]) this.#forget(id);
    this.#publish();
    this.isComplete.set(true);
  }

  /** Applies a live event. */
  receive(id: string, change: Change): void {
    const entry = this.#entries.get(id);
    if (!entry) {
      if (change.kind === 'message') this.#cameLive(id, change.message);
      this.#hooks.gap();
      return;
    }
    this.#apply(entry, takeChange(entry.stream, change));
    this.#lookForHole(entry);
    this.#publish();
  }

  heads(heads: Readonly<Record<string, number>>): void {
    if (Object.entries(heads).some(([id, rev]) => (this.#entries.get(id)?.stream.rev ?? -1) < rev)) this.#hooks.gap();
  }

  created(head: ConversationHead): void {
    this.#removed.delete(head.id);
    if (this.#entries.has(head.id)) return;
    this.#add(fromHead(head, this.#ownId), head.lastSeq);
    this.#publish();
  }

  /** Takes a whole conversation that a call answered. */
  fetched(conversation: Conversation): void {
    const entry = this.#entries.get(conversation.id);
    if (!entry) this.#add(merged(undefined, conversation), conversation.lastSeq);
    else this.#update(conversation.id, (known) => merged(known, conversation));
    this.#publish();
  }

  /** Messages read to close a hole; the last message that has arrived then. */
  history(id: string, messages: readonly Message[]): number {
    const entry = this.#entries.get(id);
    if (!entry) return Infinity;
    this.#apply(entry, takeHistory(entry.stream, messages));
    this.#publish();
    return entry.stream.seq;
  }

  removed(id: string): void {
    this.#removed.add(id);
    this.#forget(id);
    this.#publish();
  }

  read(id: string, seq: number): void {
    this.#update(id, (conversation) => withRead(conversation, seq));
    this.#publish();
  }

  muted(id: string, muted: boolean): void {
    this.#muted.set(id, muted);
    this.#update(id, (conversation) => withMute(conversation, muted));
    this.#publish();
  }

  #take(received: Conversation, isReset: boolean): void {
    const entry = this.#entries.get(received.id);
    if (entry) {
      this.#update(received.id, (known) => merged(isReset ? undefined : known, received));
      return;
    }
    // At the first sync everything counts as arrived except what came live; of conversations that came later, what is unread has not arrived yet.
    const past = this.isComplete.get()
      ? received.lastReadSeq
      : Math.min(received.lastSeq, (this.#liveSeqs.get(received.id) ?? Infinity) - 1);
    // What this device has read already need not wait for the server to learn it.
    const readSeq = this.#kept.get(received.id)?.lastReadSeq ?? 0;
    this.#add(withRead(merged(undefined, received), readSeq), past);
  }

  #cameLive(id: string, { seq }: Message): void {
    if (!this.isComplete.get()) this.#liveSeqs.set(id, Math.min(seq, this.#liveSeqs.get(id) ?? Infinity));
  }

  #add(conversation: Conversation, arrivedSeq: number): void {
    this.#kept.delete(conversation.id);
    this.#entries.set(conversation.id, { conversation, stream: streamAt(conversation.rev, arrivedSeq) });
    this.#hooks.shown(conversation.id, conversation);
    this.#hooks.followed(conversation.id, conversation.rev);
  }

  #restart(entry: Entry, rev: number): void {
    entry.stream = streamAt(rev, entry.conversation.lastSeq);
    this.#hooks.reset(entry.conversation.id);
  }

  #apply(entry: Entry, { stream, arrived, changed, hasGap }: Step): void {
    entry.stream = stream;
    const before = entry.conversation;
    for (const message of arrived) entry.conversation = withArrivedMessage(entry.conversation, message, this.#ownId);
    for (const change of changed) entry.conversation = withConversationChange(entry.conversation, change, this.#ownId);
    if (arrived.length + changed.length > 0) this.#hooks.stepped(before.id, { arrived, changed });
    if (entry.conversation !== before) this.#hooks.shown(before.id, entry.conversation);
    if (hasGap) this.#hooks.gap();
  }

  #lookForHole({ stream, conversation }: Entry): void {
    if (stream.isBehind || stream.held.size > 0) return;
    if (stream.ahead.size > 0 || stream.seq < conversation.lastSeq) this.#hooks.hole(conversation.id, stream.seq);
  }

  #update(id: string, change: (conversation: Conversation) => Conversation): void {
    const entry = this.#entries.get(id);
    const known = this.get(id);
    if (!known) return;
    const next = change(known);
    if (next === known) return;
    if (entry) entry.conversation = next;
    else this.#kept.set(id, next);
    this.#hooks.shown(id, next);
  }

  #forget(id: string): void {
    const wasKept = this.#kept.delete(id);
    if (!this.#entries.delete(id) && !wasKept) return;
    this.#hooks.shown(id, null);
    this.#hooks.gone(id);
  }

  #publish(): void {
    const next = [...[...this.#entries.values()].map(({ conversation }) => conversation), ...this.#kept.values()].sort(byRecency);
    const before = this.list.get();
    if (next.length === before.length && next.every((conversation, index) => conversation === before[index])) return;
    this.list.set(next);
  }
}

function* entryOf(entries: ReadonlyMap<string, Entry>, id: string): Iterable<[string, Entry]> {
  const entry = entries.get(id);
  if (entry) yield [id, entry];
}

const withMute = (conversation: Conversation, muted: boolean): Conversation =>
  conversation.muted === muted ? conversation : { ...conversation, muted };
