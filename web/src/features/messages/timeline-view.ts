import type { Client } from '../../../../client/index.ts';
import type { Conversation, ConversationHandle } from '../../shared/model.ts';
import { store, type Readable } from '../../shared/state/store.ts';

/** Where the reader is to be taken; each request is a new object, so that asking twice moves twice. */
export type Place = { readonly at: 'latest' } | { readonly at: 'new' } | { readonly at: 'seq'; readonly seq: number };

/** How one conversation is being looked at. */
export interface TimelineView {
  /** The first message that was unread when the reader came or looked away, or null. */
  readonly newFromSeq: Readable<number | null>;
  /** Null until the window is there and again once the conversation is left: nothing counts as seen meanwhile. */
  readonly place: Readable<Place | null>;
  /** The message that a link, a quote or a search led to; lit up for a moment. */
  readonly shownSeq: Readable<number | null>;
  /** Why the messages could not be read, or null. */
  readonly failure: Readable<unknown>;
  /** Called when the conversation is opened, with the message that the address names. */
  enter(conversation: Conversation, seq: number | null): Promise<void>;
  leave(): void;
  /** The address stops naming a message: the reader stays where they are. */
  stay(): void;
  show(seq: number): Promise<void>;
  latest(): Promise<void>;
  /** To the end of the rows that are there, where what waits to be sent stands. */
  end(): void;
  /** Messages from here on come unseen: the line stands before them until the conversation is entered again. */
  markNewFrom(seq: number): void;
  clearNew(): void;
  /** The message has been lit up: its row does not light up again when it comes back to the page. */
  wasShown(): void;
}

export interface TimelineViews {
  of(conversationId: string): TimelineView;
}

export function timelineViews(client: Client): TimelineViews {
  const views = new Map<string, TimelineView>();
  return {
    of(id) {
      const known = views.get(id);
      if (known) return known;
      const view = timelineView(client, id);
      views.set(id, view);
      return view;
    },
  };
}

/** Beyond this the newest page would not reach back to the first unread message. */
const unreadOnNewestPage = 40;

function timelineView(client: Client, id: string): TimelineView {
  const newFromSeq = store<number | null>(null);
  const place = store<Place | null>(null);
  const shownSeq = store<number | null>(null);
  const failure = store<unknown>(null);
  const handle = client.conversation(id);
  /** Moves the window first and the reader after it, as the place is looked up among the rows on the screen. */
  const take = async (window: () => Promise<void>, to: Place): Promise<void> => {
    failure.set(null);
    try {
      await window();
      shownSeq.set(to.at === 'seq' ? to.seq : null);
      place.set(to);
    } catch (error) {
      failure.set(error);
    }
  };
  let stays = false;
  const openAround = (seq: number) => () => (holds(handle, seq) ? Promise.resolve() : handle.openAt(seq));
  return {
    newFromSeq,
    place,
    shownSeq,
    failure,
    enter({ unread, lastReadSeq }, seq) {
      const moves = seq !== null || !stays;
      stays = false;
      if (!moves) return Promise.resolve();
      newFromSeq.set(unread > 0 ? lastReadSeq + 1 : null);
      if (seq !== null) return take(openAround(seq), { at: 'seq', seq });
      if (unread > unreadOnNewestPage) return take(openAround(lastReadSeq + 1), { at: 'new' });
      return take(() => handle.openLatest(), { at: unread > 0 ? 'new' : 'latest' });
    },
    leave() {
      stays = false;
      place.set(null);
    },
    stay() {
      stays = true;
    },
    show: (seq) => take(openAround(seq), { at: 'seq', seq }),
    latest: () => take(() => handle.openLatest(), { at: 'latest' }),
    end: () => place.set({ at: 'latest' }),
    markNewFrom(seq) {
      const read = handle.conversation.get()?.lastReadSeq ?? 0;
      newFromSeq.update((line) => (line === null || read >= line ? seq : line));
    },
    clearNew: () => newFromSeq.set(null),
    wasShown: () => shownSeq.set(null),
  };
}

function holds(handle: ConversationHandle, seq: number): boolean {
  const { messages, loaded } = handle.timeline.get();
  const first = messages[0];
  const last = messages.at(-1);
  return loaded && first !== undefined && last !== undefined && first.seq <= seq && seq <= last.seq;
}
