import { listMessages } from '../src/contracts/chat/messages.ts';
import type { Conversation, Member } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { RawInput } from '../src/contracts/define.ts';
import { asChange, type Change } from './change.ts';
import type { ConversationHandle, SentMessage, Timeline, UploadHandle } from './client.ts';
import { MessageChanges } from './message-changes.ts';
import type { KeptPage } from './options.ts';
import type { HandleParts } from './handle-parts.ts';
import { Members } from './members.ts';
import type { Draft } from './outbox.ts';
import { Cell } from './readable.ts';
import type { Step } from './stream.ts';
import { emptyWindow, lightened, messageAt, pageOf, reaches, unsent, type Window } from './timeline.ts';
import { windowOf, withArrived, withChange, withNewer, withOlder } from './timeline.ts';
import { TypingMarks, TypingNotice } from './typing.ts';

const pageSize = 50;
/** Later pages are longer than the first. */
const furtherPageSize = 100;
/** How many messages a window without a viewer keeps. */
const lightAtMost = 200;

/** One conversation as a program sees it: a window onto its log, its members, and what can be done in it. */
export class OpenConversation implements ConversationHandle {
  readonly id: string;
  readonly conversation: Cell<Conversation | null>;
  readonly isConfirmed: Cell<boolean>;
  readonly timeline: Cell<Timeline>;
  readonly members: Cell<readonly Member[]>;
  readonly marks: TypingMarks;
  readonly typing: Cell<readonly string[]>;
  readonly uploads: Cell<readonly UploadHandle[]>;
  readonly #parts: HandleParts;
  readonly #notice: TypingNotice;
  readonly #changes: MessageChanges;
  readonly #members: Members;
  #window: Window = emptyWindow;
  /** Changes with the place shown: pages for the former one are not used. */
  #place = 0;
  /** Changes when what was read so far may be stale. */
  #edition = 0;
  /** A page that shows a change as late as this was read late enough all the same. */
  #neededRev = Infinity;
  /** The window shows what the device kept, and the server has not been read. */
  #isKept = false;
  /** How the place shown was asked for. */
  #shownBy: (() => Promise<void>) | null = null;
  /** Changes that came while pages are being read, which may have been read before them. */
  #meanwhile: Change[] = [];
  #reading = 0;
  /** Changed messages that are announced once they are shown. */
  readonly #unreported: Message[] = [];
  readonly #loads = new Map<string, Promise<void>>();

  constructor(id: string, parts: HandleParts) {
    this.id = id;
    this.#parts = parts;
    this.conversation = new Cell(parts.current(id));
    this.isConfirmed = new Cell(parts.isConfirmed(id));
    this.#members = new Members(id, parts.call);
    this.members = this.#members.list;
    this.uploads = parts.uploads.of(id);
    this.marks = new TypingMarks(parts.timers);
    this.typing = this.marks.userIds;
    this.#notice = new TypingNotice(parts.timers, (typing) => {
      parts.sendTyping(id, typing);
    });
    this.#changes = new MessageChanges({
      call: parts.call,
      ownId: parts.ownId,
      messageOf: (messageId) => this.#window.messages.find((message) => message.id === messageId),
      absorb: (change) => {
        this.#change(change);
        this.publish();
      },
      publish: () => {
        this.publish();
      },
    });
    this.timeline = new Cell(this.#shown());
  }

  readonly attach: ConversationHandle['attach'] = (file, options) => this.#parts.uploads.add(this.id, file, options);

  openLatest(): Promise<void> {
    if (this.#window.isLoaded && this.#window.atEnd && !this.#isKept) {
      // A load of another place that is still running is dropped.
      if ([...this.#loads.keys()].some((name) => name.startsWith('at '))) this.#place++;
      return Promise.resolve();
    }
    return this.#once('latest', () => {
      if (!this.#window.isLoaded) this.#showKept().catch(() => undefined);
      return this.#show({}, ({ items, hasMore }) => windowOf(items, { hasOlder: hasMore, atEnd: true }));
    });
  }

  openAt(seq: number): Promise<void> {
    if (messageAt(this.#window, seq)) return Promise.resolve();
    return this.#once(`at ${String(seq)}`, () =>
      this.#show({ aroundSeq: seq }, ({ items, hasMore }) =>
        windowOf(items, { hasOlder: hasMore, atEnd: (items.at(-1)?.seq ?? 0) >= (this.conversation.get()?.lastSeq ?? 0) }),
      ),
    );
  }

  loadOlder(): Promise<void> {
    const [first] = this.#window.messages;
    if (!first || !this.#window.hasOlder) return Promise.resolve();
    return this.#once('older', () =>
      this.#read({ beforeSeq: first.seq, limit: furtherPageSize }, ({ items, hasMore }) => withOlder(this.#window, items, hasMore)),
    );
  }

  loadNewer(): Promise<void> {
    const last = this.#window.messages.at(-1);
    if (!this.#window.isLoaded || this.#window.atEnd) return Promise.resolve();
    return this.#once('newer', () =>
      this.#read({ afterSeq: last?.seq ?? 0, limit: furtherPageSize }, ({ items, hasMore }) => withNewer(this.#window, items, !hasMore)),
    );
  }

  loadMembers(): Promise<void> {
    return this.#members.load();
  }

  send(draft: Draft): SentMessage {
    this.#notice.sent();
    return this.#parts.outbox.add(this.id, draft);
  }

  retry(clientMessageId: string): void {
    this.#parts.outbox.retry(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.#parts.outbox.discard(clientMessageId);
  }

  edit(messageId: string, text: string): Promise<void> {
    return this.#changes.edit(messageId, text);
  }

  delete(messageId: string): Promise<void> {
    return this.#changes.delete(messageId);
  }

  setPinned(messageId: string, pinned: boolean): Promise<void> {
    return this.#changes.setPinned(messageId, pinned);
  }

  toggleReaction(messageId: string, emoji: string): Promise<void> {
    return this.#changes.toggleReaction(messageId, emoji);
  }

  markRead(seq: number): void {
    this.#parts.markRead(this.id, seq);
  }

  setTyping(typing: boolean): void {
    this.#notice.set(typing);
  }

  // ---- Called by the client -------------------------------------------------------------------

  /** Updates the window without publishing; `publish` shows it together with the outbox. */
  follow({ arrived, changed }: Pick<Step, 'arrived' | 'changed'>): void {
    for (const message of arrived) {
      this.#remember(asChange(message));
      this.#window = withArrived(this.#window, message);
      this.marks.hide(message.senderId);
    }
    for (const change of changed) {
      this.#change(change);
      this.#members.follow(change);
    }
    if (!this.timeline.isWatched) this.#window = lightened(this.#window, lightAtMost);
  }

  publish(): void {
    this.timeline.set(this.#shown());
    for (const message of this.#unreported.splice(0)) this.#parts.changed(message);
  }

  shown(conversation: Conversation | null): void {
    this.conversation.set(conversation);
    if (!conversation) this.forget();
    else if (!this.#parts.isConfirmed(this.id)) this.isConfirmed.set(false);
  }

  /** Drops what was read and the answers of running calls: another person signs in, or nobody. */
  forget(): void {
    this.isConfirmed.set(false);
    this.#members.forget();
    this.marks.clear();
    this.#place++;
    this.#shownBy = null;
    this.#loads.clear();
    this.#meanwhile = [];
    this.#unreported.length = 0;
    this.#window = emptyWindow;
    this.#changes.forget();
    this.publish();
  }

  /** The newest messages where they are as the server has them; else null. */
  pageToKeep(conversation: Conversation): KeptPage | null {
    return this.#isKept ? null : pageOf(this.#window, conversation);
  }

  typed(userId: string, typing: boolean): void {
    if (typing) this.marks.show(userId);
    else this.marks.hide(userId);
  }

  /** Changes from this rev on are followed. A page that was read before may lack earlier ones: then it is shown until it is read again. */
  followed(rev: number): void {
    this.isConfirmed.set(true);
    this.#edition++;
    this.#neededRev = rev;
    this.synced();
    if (!this.#window.isLoaded || this.#reading > 0) return;
    if (reaches(this.#window.messages, rev)) this.#isKept = false;
    else this.#shownBy?.().catch(() => undefined);
  }

  /** The log is another one than was shown. */
  reset(): void {
    this.#edition++;
    this.#neededRev = Infinity;
    this.synced();
    if (!this.#window.isLoaded) return;
    this.#window = emptyWindow;
    // A reading under way begins again by itself.
    if (this.#reading === 0) this.#shownBy?.().catch(() => undefined);
    else this.publish();
  }

  /** Drops the window unless somebody views it; returns whether it did. */
  unload(): boolean {
    if (this.timeline.isWatched || this.#reading > 0) return false;
    this.#window = emptyWindow;
    this.publish();
    return true;
  }

  synced(): void {
    this.#members.synced();
  }

  readBy(userId: string, seq: number): void {
    this.#members.readBy(userId, seq);
  }

  // ---------------------------------------------------------------------------------------------

  #change(change: Change): void {
    this.#remember(change);
    const before = this.#window;
    this.#window = withChange(before, change);
    if (this.#window === before) return;
    const index = this.#window.messages.findIndex((message, at) => message !== before.messages[at]);
    const message = this.#window.messages[index];
    if (message) this.#unreported.push(message);
  }

  #remember(change: Change): void {
    if (this.#reading > 0) this.#meanwhile.push(change);
  }

  #show(bounds: Bounds, put: (page: Page) => Window): Promise<void> {
    this.#place++;
    this.#shownBy = () => this.#once('again', () => this.#show(bounds, put));
    this.#parts.opened(this);
    return this.#read(bounds, put);
  }

  async #read(bounds: Bounds, put: (page: Page) => Window): Promise<void> {
    const place = this.#place;
    this.#reading++;
    this.publish();
    try {
      const page = await this.#freshPage(bounds);
      if (place !== this.#place) return;
      this.#window = put(page);
      this.#isKept = false;
      for (const change of this.#meanwhile) {
        this.#window = change.kind === 'message' ? withArrived(this.#window, change.message) : withChange(this.#window, change);
      }
    } finally {
      this.#reading--;
      if (this.#reading === 0) this.#meanwhile = [];
    }
    this.#parts.paged(this.id);
  }

  /** Until the server's page is there, the one that the device kept is shown. */
  async #showKept(): Promise<void> {
    const [place, edition] = [this.#place + 1, this.#edition];
    const page = await this.#parts.kept(this.id);
    if (!page || place !== this.#place || edition !== this.#edition || this.#window.isLoaded) return;
    // Of one that the server has spoken of, what was kept before that may show what is deleted by now.
    if (this.isConfirmed.get() && !reaches(page.messages, this.conversation.get()?.rev ?? Infinity)) return;
    this.#window = windowOf(page.messages, { hasOlder: page.hasOlder, atEnd: true });
    this.#isKept = true;
    this.publish();
  }

  async #freshPage(bounds: Bounds): Promise<Page> {
    for (;;) {
      const edition = this.#edition;
      const page = await this.#parts.call(listMessages, { conversationId: this.id, limit: pageSize, ...bounds });
      if (edition === this.#edition || reaches(page.items, this.#neededRev)) return page;
    }
  }

  /** One load of a kind runs at a time. It ends before its result is published, so that a subscriber can start the next one at once. */
  #once(name: string, load: () => Promise<void>): Promise<void> {
    const running = this.#loads.get(name);
    if (running) return running;
    const begun = load().finally(() => {
      if (this.#loads.get(name) === begun) this.#loads.delete(name);
      this.publish();
    });
    this.#loads.set(name, begun);
    return begun;
  }

  #shown(): Timeline {
    const { messages, hasOlder, atEnd, isLoaded } = this.#window;
    return {
      messages: this.#changes.shown(messages),
      pending: unsent(this.#parts.outbox.pendingOf(this.id), messages, this.#parts.ownId()),
      hasOlder,
      hasNewer: isLoaded && !atEnd,
      loading: this.#reading > 0,
      loaded: isLoaded,
    };
  }
}

type Bounds = Omit<RawInput<typeof listMessages>, 'conversationId'>;
interface Page {
  readonly items: readonly Message[];
  readonly hasMore: boolean;
}
