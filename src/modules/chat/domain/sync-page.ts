import type { Conversation } from '../../../contracts/chat/conversations.ts';
import type { ConversationChanges, sync } from '../../../contracts/chat/sync.ts';
import type { Message } from '../../../contracts/chat/messages.ts';

import type { Output } from '../../../contracts/define.ts';
import type { OwnRev } from '../ports.ts';
import type { SyncPlace } from './catching-up.ts';
import { bytesOf, within } from '../../../kernel/paging.ts';

/** What a sync sends beside a conversation itself: nothing when it is new, else the changed messages, or that the caller must read its history again. */
export type MissedChanges = null | 'reset' | { readonly messages: readonly Message[]; readonly isCut: boolean };

/** The share of the page for ids of conversations that are no longer the caller's. */
const removedShare = 1 / 8;
const bytesPerId = 39;
/** Bytes of JSON around the values: of the answer, and of the changes of one conversation. */
const frame = 150;

/** An answer to `sync` that is filled until its bytes are used up. */
export class SyncPage {
  readonly #conversations: Conversation[] = [];
  readonly #changes = new Map<string, ConversationChanges>();
  readonly #reads = new Map<string, number>();
  readonly #muted: string[] = [];
  #removed: readonly string[] = [];
  #isRemovedCut = false;
  #left: number;
  #last: SyncPlace | null = null;
  #isCut = false;

  constructor(bytes: number) {
    this.#left = bytes - frame;
  }

  get left(): number {
    return this.#left;
  }

  putRemoved(ids: readonly string[]): void {
    this.#removed = within(ids, this.#left * removedShare);
    this.#isRemovedCut = this.#removed.length < ids.length;
    this.#left -= this.#removed.length * bytesPerId;
  }

  /** Whether it fits; else the page ends before it. The first one always fits, with at least one change. */
  putDiffering(own: OwnRev, conversation: Conversation, missed: MissedChanges): boolean {
    const bytes = bytesOf(conversation) + bytesOfMarks(own);
    const isFirst = this.#conversations.length === 0;
    const changes = missed && changesWithin(missed, { upto: conversation.rev, bytes: this.#left - bytes, isFirst });
    const left = this.#left - bytes - (changes ? bytesOf(changes) + bytesPerId : 0);
    if (!isFirst && (left < 0 || (changes?.more === true && changes.messages.length === 0))) return this.end();
    this.#conversations.push(conversation);
    if (changes) this.#changes.set(own.id, changes);
    this.#left = left;
    this.#cover(own, 'differing');
    return true;
  }

  /** Skips a conversation that the caller left while this page was read. */
  pass(own: OwnRev): void {
    this.#last = { part: 'differing', activeAt: own.activeAt, id: own.id };
  }

  putSettled(settled: readonly OwnRev[]): void {
    for (const own of settled) {
      const left = this.#left - bytesOfMarks(own);
      if (left < 0 && this.#last) {
        this.end();
        return;
      }
      this.#left = left;
      this.#cover(own, 'settled');
    }
  }

  /** Ends the page after what was put last. */
  end(): false {
    this.#isCut = true;
    return false;
  }

  /** The answer, and where the next page begins. */
  answer(cursorOf: (place: SyncPlace) => string): Output<typeof sync> {
    const cursor = this.#isCut && this.#last ? cursorOf(this.#last) : null;
    return {
      conversations: this.#conversations,
      removed: [...this.#removed],
      changes: Object.fromEntries(this.#changes),
      reads: Object.fromEntries(this.#reads),
      muted: this.#muted,
      cursor,
      more: cursor !== null || this.#isRemovedCut || [...this.#changes.values()].some(({ more }) => more),
    };
  }

  #cover({ id, activeAt, lastReadSeq, muted }: OwnRev, part: SyncPlace['part']): void {
    this.#reads.set(id, lastReadSeq);
    if (muted) this.#muted.push(id);
    this.#last = { part, activeAt, id };
  }
}

const bytesOfMarks = ({ lastReadSeq, muted }: OwnRev): number => bytesPerId + 2 + String(lastReadSeq).length + (muted ? bytesPerId : 0);

function changesWithin(
  missed: Exclude<MissedChanges, null>,
  { upto, bytes, isFirst }: { upto: number; bytes: number; isFirst: boolean },
): ConversationChanges {
  if (missed === 'reset') return { messages: [], uptoRev: upto, more: false, reset: true };
  const [first] = missed.messages;
  const room = bytes - frame;
  const messages = first && !isFirst && bytesOf(first) > room ? [] : within(missed.messages, room);
  const more = missed.isCut || messages.length < missed.messages.length;
  return { messages, uptoRev: more ? Math.min(messages.at(-1)?.rev ?? upto, upto) : upto, more, reset: false };
}
