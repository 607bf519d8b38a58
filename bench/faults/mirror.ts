import type { LiveEvent, SeenMessage, SyncAnswer } from './wire-shapes.ts';

/** What a live stream showed that it should not have. */
export interface StreamFaults {
  /** An older rev after a newer one on one connection, never seen before. */
  reordered: number;
  /** One rev with two contents. */
  conflicting: number;
  /** `sync` said reset or removed, which nothing here calls for. */
  resets: number;
}

/**
 * A client's copy of its conversations, kept as the contract asks of clients: apply rev known + 1, ask `sync` at a hole,
 * drop what is known. Remembers all it ever saw, to be held against the history at the end.
 */
export class Mirror {
  readonly messages = new Map<string, SeenMessage>();
  readonly known = new Map<string, number>();
  /** Messages seen live at their creation. */
  readonly seenCreated = new Map<string, SeenMessage>();
  readonly seenRevs = new Map<string, Map<number, string>>();
  readonly faults: StreamFaults = { reordered: 0, conflicting: 0, resets: 0 };
  /** Holes that sync healed, and events that came again: allowed, worth knowing. */
  healed = 0;
  repeated = 0;
  #holding = true;
  #held: LiveEvent[] = [];
  #newest = new Map<string, number>();
  #floor = new Map<string, number>();

  constructor(conversationIds: readonly string[]) {
    for (const id of conversationIds) this.known.set(id, 0);
  }

  /** A new connection: order counts from here, and nothing is applied before the first `sync`. */
  connected(): void {
    this.#newest = new Map();
    this.#floor = new Map(this.known);
    this.#holding = true;
    this.#held = [];
  }

  /** Answers whether a hole opened and `sync` must be asked; events that come meanwhile are held back. */
  receive(event: LiveEvent): boolean {
    if (!this.known.has(event.conversationId)) return false;
    const isNew = this.#remember(event);
    const newest = this.#newest.get(event.conversationId) ?? 0;
    if (event.rev > newest) this.#newest.set(event.conversationId, event.rev);
    else if (isNew && event.rev > (this.#floor.get(event.conversationId) ?? 0)) this.faults.reordered++;
    if (!this.#holding) return this.#take(event);
    this.#held.push(event);
    return false;
  }

  /** Answers whether a head that the server named is not known here, so that `sync` must be asked. */
  lacks(heads: Readonly<Record<string, number>>): boolean {
    return Object.entries(heads).some(([id, rev]) => rev > (this.known.get(id) ?? rev));
  }

  /** Answers whether `sync` must be asked again. */
  synced({ changes, removed }: SyncAnswer): boolean {
    let more = false;
    this.faults.resets += removed.length;
    for (const [conversationId, change] of Object.entries(changes)) {
      if (change.reset) this.faults.resets++;
      for (const message of change.messages) this.messages.set(message.id, message);
      const upto = Math.max(change.uptoRev, this.known.get(conversationId) ?? 0);
      this.known.set(conversationId, upto);
      this.#floor.set(conversationId, Math.max(upto, this.#floor.get(conversationId) ?? 0));
      more ||= change.more;
    }
    return more || this.#release();
  }

  #release(): boolean {
    const held = this.#held;
    this.#held = [];
    this.#holding = false;
    held.forEach((event) => {
      if (this.#holding) this.#held.push(event);
      else this.#take(event);
    });
    return this.#holding;
  }

  #take(event: LiveEvent): boolean {
    const known = this.known.get(event.conversationId) ?? 0;
    if (event.rev <= known) {
      this.repeated++;
      return false;
    }
    if (event.rev > known + 1) {
      this.healed++;
      this.#holding = true;
      this.#held.push(event);
      return true;
    }
    this.known.set(event.conversationId, event.rev);
    this.#apply(event);
    return false;
  }

  #apply({ message, reaction }: LiveEvent): void {
    if (message) this.messages.set(message.id, message);
    const held = reaction && this.messages.get(reaction.messageId);
    if (held) this.messages.set(held.id, { ...held, reactions: reaction.reactions });
  }

  /** Whether this rev was new to this mirror's live streams. */
  #remember(event: LiveEvent): boolean {
    const { conversationId, rev, message, reaction, name } = event;
    const revs = this.seenRevs.get(conversationId) ?? new Map<number, string>();
    this.seenRevs.set(conversationId, revs);
    const content = message?.id ?? reaction?.messageId ?? name;
    const before = revs.get(rev);
    if (before !== undefined && before !== content) this.faults.conflicting++;
    if (name === 'message:created' && message) this.seenCreated.set(message.id, message);
    if (before === undefined) revs.set(rev, content);
    return before === undefined;
  }
}
