import type {
  Conversation,
  ConversationHead,
  ConversationKind,
  Member,
  MemberRole,
  Visibility,
} from '../../contracts/chat/conversations.ts';
import type { FileKind } from '../../contracts/chat/files.ts';
import type { Attachment, Message, MessageEdit } from '../../contracts/chat/messages.ts';
import type { SearchFilter } from '../../contracts/chat/search.ts';
import type { Reaction } from '../../contracts/chat/reactions.ts';
import type { EventDeclaration } from '../../contracts/define.ts';
import type { BudgetKind } from './domain/budgets.ts';
import type { Draft, Send } from './domain/drafts.ts';
import type { SearchQuery } from './domain/terms.ts';
import type { Recipients } from './recipient-ports.ts';

/**
 * The store of conversations, members and messages, seen through four ports that one adapter implements together.
 * Every change of a conversation takes exactly one `rev`, a message one `seq` besides, both without gaps; the change and
 * what it publishes become durable together or not at all, and live subscribers have received it when the method resolves.
 * A method that names a conversation or message which does not exist rejects with `not_found`.
 */
export interface ChatStore {
  readonly conversations: ConversationStore;
  readonly members: MemberStore;
  readonly owners: OwnerStore;
  readonly messages: MessageStore;
  readonly index: SearchIndex;
  readonly recipients: Recipients;
  /** Creates tables or collections where they are missing, and starts its background work. */
  start(): Promise<void>;
  /** Stops its background work; settles when that has ended. */
  stop(): Promise<void>;
}

/**
 * Decides on the state that is stored at the moment of the write, so that no decision is based on an older
 * one. Pure, because it may run again; throws to refuse; null when there is nothing to change.
 */
export type Decide<State, Change> = (state: State) => Change | null;

/** What happened, as other modules get it; a store keeps it with the change that makes it true. */
export interface ChatEvent {
  readonly event: EventDeclaration;
  readonly payload: unknown;
}

/** A decision: the fields that become others, and the event, made from what is stored afterwards. */
export interface Change<Patch, After> {
  readonly patch: Patch;
  readonly event: (after: After) => ChatEvent;
}

/** Who may do what in a conversation. `membersRev` grows whenever somebody loses a right in it, so that a write they started before is refused. */
export interface Membership {
  readonly membersRev: number;
  readonly kind: ConversationKind;
  readonly visibility: Visibility;
  readonly roles: ReadonlyMap<string, MemberRole>;
}

export interface Person {
  readonly userId: string;
  readonly role: MemberRole;
}

export interface ConversationDraft extends Pick<
  ConversationHead,
  'id' | 'kind' | 'name' | 'topic' | 'visibility' | 'createdBy' | 'createdAt'
> {
  /** The same for the same two people in any order; null unless direct. At most one conversation has it. */
  readonly directKey: string | null;
  /** A name by which the app itself finds the conversation. At most one has it. */
  readonly slot: string | null;
  readonly people: readonly Person[];
}

/** A conversation as one person has it; `role` is null for a public channel they are not in. `lastMessage` is without the rest of a long text. */
export interface OwnConversation extends Pick<Conversation, 'role' | 'lastReadSeq' | 'muted' | 'lastMessage'> {
  readonly head: ConversationHead;
  /** Messages above the read mark that mention this person. */
  readonly unreadMentions: number;
  /** When something was last said, or else when it was opened: the order of the list. */
  readonly activeAt: string;
}

/** How far a conversation has come, and what of it is this person's own: little enough to be read of thousands. */
export interface OwnRev extends Pick<OwnConversation, 'lastReadSeq' | 'muted' | 'activeAt'> {
  readonly id: string;
  readonly rev: number;
}

/** A field left out stays. */
export interface ConversationPatch {
  readonly name?: string;
  readonly topic?: string | null;
  readonly avatarUrl?: string | null;
  readonly visibility?: Visibility;
}

export type ConversationChange = Change<ConversationPatch, ConversationHead>;

export interface ConversationStore {
  /** The id of the new conversation, or of the one that has its direct key or slot already, also of two made at once. */
  create(draft: ConversationDraft, event: (after: ConversationHead) => ChatEvent): Promise<string>;
  change(conversationId: string, decide: Decide<Membership, ConversationChange>): Promise<void>;
  /** Removes it with all its messages. `decide` throws, or lets it happen by answering the event. */
  remove(conversationId: string, decide: Decide<Membership, ChatEvent>): Promise<void>;
  /** Null when there is no such conversation or this person is not in it. */
  findOwn(userId: string, conversationId: string): Promise<OwnConversation | null>;
  /** Most recently active first, below `before`; or those of some ids. Each has the `rev` that holds for everything else in it. */
  listOwn(
    userId: string,
    page: { before: { activeAt: string; id: string } | null; limit: number } | { among: readonly string[] },
  ): Promise<readonly OwnConversation[]>;
  /** How far each of this person's conversations has come, in any order; `among`: only those of these ids. */
  ownRevs(userId: string, among?: readonly string[]): Promise<readonly OwnRev[]>;
  /** Public channels whose name contains `query`, in the order of their names, above `after`; all by the folded forms. */
  browse(
    userId: string,
    page: { query: string; after: { name: string; id: string } | null; limit: number },
  ): Promise<readonly OwnConversation[]>;
  /** By what at most one conversation has. */
  findUnique(by: { readonly slot: string } | { readonly directKey: string }): Promise<string | null>;
  /** Current rev of each; those that do not exist are left out. */
  heads(conversationIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  count(): Promise<{ conversations: number; messages: number }>;
}

/** The change of one person's membership. */
export interface MemberPatch {
  readonly userId: string;
  /** The role from now on; null: is a member no more. */
  readonly role: MemberRole | null;
  /** Only of those who come in; who is a member already stays as they are. */
  readonly joinedAt?: string;
}

/** The conversation after a change of its members, and of these all who came in or have another role. */
export interface MembersAfter {
  readonly conversation: ConversationHead;
  readonly members: readonly Member[];
}

export type MembersChange = Change<readonly MemberPatch[], MembersAfter>;

/** What a member sets for themselves in a conversation; it takes no rev. */
export interface OwnSettings {
  readonly muted: boolean;
}

export type OwnChange = Change<Partial<OwnSettings>, OwnSettings>;

export interface MemberStore {
  /** Null when there is no such conversation. */
  membership(conversationId: string): Promise<Membership | null>;
  /** By user id, above `after`. */
  page(conversationId: string, page: { after: string | null; limit: number }): Promise<readonly Member[]>;
  find(conversationId: string, userId: string): Promise<Member | null>;
  /** Adds and removes members and changes roles; what was written before newcomers counts as read by them. */
  change(conversationId: string, decide: Decide<Membership, MembersChange>): Promise<void>;
  /** False when this person is not in the conversation. */
  changeOwn(conversationId: string, userId: string, decide: Decide<OwnSettings, OwnChange>): Promise<boolean>;
  /**
   * Moves the mark to `seq` but never back and never beyond the last message; null when not in the conversation. `event` is made from where
   * the mark is then. No decision: every reader of every message does this, so that it is one statement.
   */
  markRead(
    conversationId: string,
    userId: string,
    move: { seq: number; event: (lastReadSeq: number) => ChatEvent },
  ): Promise<{ lastReadSeq: number; lastSeq: number } | null>;
  conversationsOf(userId: string): Promise<readonly string[]>;
  /** Whom each of these people shares a conversation with now, themselves included where they are in one; of `among` alone where it is given. */
  peopleOf(userIds: readonly string[], among?: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

export interface OwnerStore {
  /** Groups and channels by id, above `after`, with those who own them. */
  owned(page: { after: string | null; limit: number }): Promise<readonly Owned[]>;
}

export interface Owned extends Pick<Conversation, 'id' | 'kind' | 'name' | 'memberCount' | 'createdAt'> {
  readonly ownerIds: readonly string[];
}

/** The message to change. */
export interface MessageTarget extends Pick<Message, 'id' | 'conversationId'> {
  /** Which number the decision needs; it costs a count. */
  readonly counts?: 'replies' | 'pins';
}

/** What a change of a message is decided on; `role` is that of `actorId`, null when not in the conversation. */
export interface MessageState {
  readonly message: Message;
  readonly kind: ConversationKind;
  readonly role: MemberRole | null;
  /** Of the thread that the message began, without those that were deleted; only where the target counts them. */
  readonly replies?: number;
  /** Pinned messages of the conversation; only where the target counts them. */
  readonly pins?: number;
}

/**
 * A field left out stays. The history of edits follows from it: a new text with `editedAt` keeps the text before, `deletedAt`
 * forgets all former ones.
 */
export interface MessagePatch extends Partial<Pick<Message, 'text' | 'pinned' | 'threadCount'>> {
  readonly attachments?: readonly Attachment[];
  readonly mentions?: readonly string[];
  readonly reactions?: readonly Reaction[];
  readonly editedAt?: string;
  readonly deletedAt?: string;
}

export type MessageChange = Change<MessagePatch, Message>;

export interface MessageStore {
  /**
   * Answers the message at its place; a repeat of (conversation, sender, clientMessageId) answers the first one.
   * Rejects with `StaleAuthorisation` when the membership is no longer the one under which the draft was authorised, with
   * `rate_limited` when too many drafts wait.
   */
  append(draft: Draft): Promise<Message>;
  /** Every later change of a message. Answers the message as it is afterwards, changed or not. */
  change(target: MessageTarget, actorId: string, decide: Decide<MessageState, MessageChange>): Promise<Message>;
  find(messageId: string): Promise<Message | null>;
  /** The messages of these sends, in any order; a send that is not stored is left out. */
  findSent(sends: readonly Send[]): Promise<readonly Message[]>;
  /** Those of `messageIds` that are in the conversation. */
  findIn(conversationId: string, messageIds: readonly string[]): Promise<readonly Message[]>;
  /**
   * Ascending seq: the first after a seq, or the last before one (null: the newest). Ends sooner than `limit` where the texts
   * come to about `bytes`; one message always comes. `only`: the others are passed over.
   */
  page(
    conversationId: string,
    from: { after: number } | { before: number | null },
    upto: { limit: number; bytes: number; only?: 'pinned' | WithFiles },
  ): Promise<{ items: Message[]; isCut: boolean }>;
  /**
   * For each asked conversation, what changed above `known`, by rev, at most `limit` each. Those asked first come first, until
   * their texts come to about `bytes` in all; of the first that has something one always comes. `isCut`: not all came.
   */
  changesSince(
    asked: readonly { conversationId: string; known: number; limit: number }[],
    bytes: number,
  ): Promise<ReadonlyMap<string, { messages: readonly Message[]; isCut: boolean }>>;
  /** Former texts of revs above `after`, oldest first; ends sooner than `limit` where the texts come to about `bytes`. */
  editsOf(messageId: string, page: { after: number; limit: number; bytes: number }): Promise<{ items: StoredEdit[]; isCut: boolean }>;
}

/** Messages that hold a file, or one of this kind; of this sender alone. */
export interface WithFiles {
  readonly kind?: FileKind | undefined;
  readonly senderId?: string | undefined;
}

export type StoredEdit = MessageEdit & { readonly rev: number };

/** The members changed since the draft was authorised, or the conversation is gone: authorise it again. */
export class StaleAuthorisation extends Error {}

export interface MessageQuery extends SearchQuery {
  readonly conversationId?: string | undefined;
  readonly senderId?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly has?: SearchFilter | undefined;
  /** Only older ids than this one. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

export interface FoundMessages {
  /** Newest first. */
  readonly messages: readonly Message[];
  /** Below this id there may be more; null at the end. A page may be short, or empty, and go on all the same. */
  readonly continuesBefore: string | null;
  /** Not all that might match could be looked at in the time of a search. */
  readonly isPartial: boolean;
}

/** What of the messages could not be indexed. */
export interface PassedMessage {
  readonly messageId: string;
  readonly conversationId: string;
  readonly reason: string;
  readonly passedAt: string;
}

export interface SearchIndex {
  /**
   * Messages this person may read now, newest first, also those stored a moment ago. Takes a bounded time whatever is asked for and whatever was
   * said: where that is not enough, it answers what it has found, and how to go on.
   */
  search(userId: string, query: MessageQuery): Promise<FoundMessages>;
  /** Indexes now what is otherwise indexed in the background; for tests and tools. */
  catchUp(): Promise<void>;
  /** Messages that could not be indexed, the latest first, and how many there are. */
  passed(limit: number): Promise<{ readonly items: readonly PassedMessage[]; readonly count: number }>;
  /** About how many messages an earlier version indexed in another way, and are not indexed again yet. */
  toReindex(): Promise<number>;
}

/** Who left a conversation and declined to be added to it again by its members. */
export interface Departures {
  decline(conversationId: string, userId: string): Promise<void>;
  /** Those of these people who declined. */
  among(conversationId: string, userIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Deletes what these people declined: they are members again, or leaving failed. */
  withdraw(conversationId: string, userIds: readonly string[]): Promise<void>;
  /** Deletes all rows of a conversation that was removed. */
  forget(conversationId: string): Promise<void>;
}

/** An uploaded file, and the send that it was given to: no other one can have it. */
export interface StoredAttachment {
  readonly attachment: Attachment;
  readonly ownerId: string;
  readonly send: Send | null;
}

/** Files that may be sent or were sent. Which messages hold them, the messages say. */
export interface Attachments {
  /** The same again changes nothing. */
  register(attachment: Attachment, ownerId: string): Promise<void>;
  /** Replaces what is said of these files; those that are not known, or are marked as removed, stay as they are. */
  describe(attachments: readonly Attachment[]): Promise<void>;
  /**
   * Gives files to a send, all or none, and answers them in the order of their ids. Rejects with `not_found` where one is not the sender's
   * or was given to another send; the same send may have them again.
   */
  give(attachmentIds: readonly string[], send: Send): Promise<readonly Attachment[]>;
  /** Those that are there, in any order. */
  find(attachmentIds: readonly string[]): Promise<readonly StoredAttachment[]>;
  /** Forgets those that no send has, or that a send has since before `givenBefore`; answers their ids. */
  forget(attachmentIds: readonly string[], givenBefore: string): Promise<readonly string[]>;
  /** Conversations by the bytes of the files that were given to their sends and are there, the largest first. Reads every file. */
  largest(limit: number): Promise<readonly { conversationId: string; files: number; bytes: number }[]>;
}

/** How often one person may do what adds entries to the lists of others. */
export interface Budgets {
  /** Rejects with `rate_limited` and the seconds until there is more; what is refused is not charged. */
  spend(kind: BudgetKind, userId: string): Promise<void>;
}
