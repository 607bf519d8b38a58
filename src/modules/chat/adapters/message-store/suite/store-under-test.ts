import type { Message } from '../../../../../contracts/chat/messages.ts';
import * as events from '../../../../../contracts/chat/index.ts';
import type { EventDeclaration, Payload } from '../../../../../contracts/define.ts';
import type { DomainEvent } from '../../../../../kernel/bus/bus.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { conversationDraft } from '../../../domain/conversations.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { conversationOpened } from '../../../events.ts';
import type { ChatStore, ConversationDraft, Person } from '../../../ports.ts';

/** A store to try: each call of `open` gives another node's adapter over the same data. */
export interface StoreUnderTest {
  open(): ChatStore;
  /** What live subscribers of all nodes received, in order. */
  readonly received: readonly DomainEvent[];
  /** A node that dies between its commit and the delivery: its events wait for whoever relays next. */
  openDying(): ChatStore;
  /** Delivers what dead nodes left behind. */
  relay(): Promise<void>;
}

export type Begin = () => StoreUnderTest;

export const at = '2026-02-03T10:00:00.000Z';
export const later = '2026-02-03T11:00:00.000Z';

/** Opens a group; the first of the people owns it. */
export function opened(store: ChatStore, ...people: (string | Person)[]): Promise<string> {
  const members = people.map((one): Person => (typeof one === 'string' ? { userId: one, role: 'member' } : one));
  return created(store, conversationDraft({ kind: 'group', people: members, createdBy: members[0]?.userId ?? '', createdAt: at }));
}

export const created = ({ conversations }: ChatStore, draft: ConversationDraft): Promise<string> =>
  conversations.create(draft, conversationOpened(draft));

export const draftOf = async (store: ChatStore, conversationId: string, senderId: string, more: Partial<Draft> = {}): Promise<Draft> => ({
  id: newId(),
  conversationId,
  membersRev: (await store.members.membership(conversationId))?.membersRev ?? 0,
  senderId,
  clientMessageId: newId(),
  text: 'text',
  attachments: [],
  replyTo: null,
  threadRootId: null,
  mentions: [],
  createdAt: at,
  ...more,
});

export const said = async (store: ChatStore, conversationId: string, senderId: string, more: Partial<Draft> = {}): Promise<Message> =>
  store.messages.append(await draftOf(store, conversationId, senderId, more));

/** No page ends before what there is. */
export const everything = { limit: 10_000, bytes: 1_000_000_000 };

export const logOf = async (store: ChatStore, conversationId: string, after = 0): Promise<Message[]> =>
  (await store.messages.page(conversationId, { after }, everything)).items;

export const formersOf = async ({ messages }: ChatStore, messageId: string): Promise<{ text: string; endedAt: string }[]> =>
  (await messages.editsOf(messageId, { after: 0, ...everything })).items.map(({ text, endedAt }) => ({ text, endedAt }));

export const receivedOf = <E extends EventDeclaration>({ received }: StoreUnderTest, event: E): Payload<E>[] =>
  received.filter((one) => one.event === event.name).map(({ payload }) => payload as Payload<E>);

/** The rev an event made in a conversation; read marks and mutes make none. */
export function revOf({ event, payload }: DomainEvent, conversationId: string): number[] {
  const { message, conversation, rev, ...rest } = payload as {
    message?: Message;
    conversation?: { id: string; rev: number };
    rev?: number;
    conversationId?: string;
  };
  if (event === events.readMoved.name || event === events.muteChanged.name) return [];
  const of = message?.conversationId ?? conversation?.id ?? rest.conversationId;
  return of === conversationId ? [message?.rev ?? conversation?.rev ?? rev ?? 0] : [];
}
