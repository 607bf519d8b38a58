import type { Conversation, ConversationHead } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Reaction } from '../src/contracts/chat/reactions.ts';
import type { Change } from './change.ts';
import type { ChangesPage } from './stream.ts';

const at = (n: number): string => new Date(1_760_000_000_000 + n * 1000).toISOString();

export const aMessage = (seq: number, over: Partial<Message> = {}): Message => ({
  id: `m${String(seq)}`,
  conversationId: 'c1',
  seq,
  rev: seq,
  clientMessageId: `x${String(seq)}`,
  senderId: 'ana',
  kind: 'text',
  text: `text ${String(seq)}`,
  attachments: [],
  replyTo: null,
  threadRootId: null,
  threadCount: 0,
  mentions: [],
  reactions: [],
  pinned: false,
  editedAt: null,
  deletedAt: null,
  createdAt: at(seq),
  ...over,
});

export const aHead = (over: Partial<ConversationHead> = {}): ConversationHead => ({
  id: 'c1',
  kind: 'group',
  name: 'Group',
  topic: null,
  avatarUrl: null,
  visibility: 'private',
  lastSeq: 0,
  rev: 1,
  memberCount: 2,
  peerIds: null,
  createdBy: 'ana',
  createdAt: at(0),
  ...over,
});

export const aConversation = (over: Partial<Conversation> = {}): Conversation => ({
  ...aHead(),
  unread: 0,
  mentions: 0,
  lastReadSeq: 0,
  muted: false,
  role: 'member',
  lastMessage: null,
  ...over,
});

/** A server's log of one conversation: every change takes one rev and makes one event. */
export class LogOfServer {
  rev = 1;
  messages: Message[] = [];
  readonly events: Change[] = [];

  append(over: Partial<Message> = {}): Message {
    const message = aMessage(this.messages.length + 1, { rev: ++this.rev, ...over });
    this.messages.push(message);
    this.events.push({ kind: 'message', rev: this.rev, message });
    return message;
  }

  edit(index: number): void {
    const message = this.#put(index, { text: `edited ${String(this.rev)}` });
    if (message) this.events.push({ kind: 'message', rev: this.rev, message });
  }

  react(index: number): void {
    const reactions: Reaction[] = [{ emoji: '👍', userIds: [`u${String(this.rev)}`] }];
    const message = this.#put(index, { reactions });
    if (message) this.events.push({ kind: 'reactions', rev: this.rev, messageId: message.id, reactions });
  }

  join(): void {
    this.events.push({ kind: 'joined', rev: ++this.rev, members: [] });
  }

  /** The pages of `sync`, in order of rev, each message in its latest state. */
  page(known: number, limit: number): ChangesPage {
    const found = this.messages.filter(({ rev }) => rev > known).sort((a, b) => a.rev - b.rev);
    const messages = found.slice(0, limit);
    const more = found.length > limit;
    return { messages, more, uptoRev: more ? (messages.at(-1)?.rev ?? this.rev) : this.rev };
  }

  #put(index: number, over: Partial<Message>): Message | null {
    const before = this.messages[index % Math.max(1, this.messages.length)];
    if (!before) return null;
    const message = { ...before, ...over, rev: ++this.rev };
    this.messages = this.messages.map((one) => (one === before ? message : one));
    return message;
  }
}
