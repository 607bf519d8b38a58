import { folded } from '../../../../src/text/folded.ts';
import type { NameOrder } from '../../shared/format/name-order.ts';
import type { Conversation } from '../../shared/model.ts';

export const sectionIds = ['unread', 'channels', 'direct'] as const;
export type SectionId = (typeof sectionIds)[number];
export type ConversationSections = Readonly<Record<SectionId, readonly Conversation[]>>;

export interface ListView {
  readonly openId: string | null;
  /** Filters by title. */
  readonly words: string;
  readonly title: (conversation: Conversation) => string;
  readonly byName: NameOrder;
}

/** What the reader has not seen and wants to: all of a conversation, or the mentions where it is muted. */
export const isWaiting = ({ unread, mentions, muted }: Conversation): boolean => mentions > 0 || (unread > 0 && !muted);

/**
 * The order of the list. By title, so that no message moves a conversation; those with something unread come first, in the order in
 * which it arrived. A conversation that was opened from there stays until another one is opened.
 */
export class ConversationOrder {
  #arrived: readonly string[] = [];
  #sorted: { readonly key: string; readonly byName: NameOrder | null; readonly place: ReadonlyMap<string, number> } = {
    key: '',
    byName: null,
    place: new Map(),
  };

  sections(conversations: readonly Conversation[], { openId, words, title, byName }: ListView): ConversationSections {
    const titled = conversations.map((conversation) => ({ conversation, title: title(conversation) }));
    const unread = this.#unread(conversations, openId);
    const isUnread = new Set(unread);
    const place = this.#places(titled, byName);
    const wanted = folded(words).trim();
    const shown = titled
      .filter((one) => wanted === '' || folded(one.title).includes(wanted))
      .map(({ conversation }) => conversation)
      .sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
    const rest = shown.filter(({ id }) => !isUnread.has(id));
    const known = new Map(shown.map((conversation) => [conversation.id, conversation]));
    return {
      unread: unread.flatMap((id) => known.get(id) ?? []),
      channels: rest.filter(({ kind }) => kind === 'channel'),
      direct: rest.filter(({ kind }) => kind !== 'channel'),
    };
  }

  #unread(conversations: readonly Conversation[], openId: string | null): readonly string[] {
    const waiting = new Map(conversations.filter(isWaiting).map((conversation) => [conversation.id, conversation]));
    const kept = this.#arrived.filter((id) => waiting.has(id) || id === openId);
    const known = new Set(kept);
    const came = [...waiting.values()]
      .filter(({ id }) => !known.has(id))
      .sort((one, other) => (arrivedAt(one) < arrivedAt(other) ? -1 : 1));
    if (came.length > 0 || kept.length < this.#arrived.length) this.#arrived = [...kept, ...came.map(({ id }) => id)];
    return this.#arrived;
  }

  /** Sorted anew only when a title, the set of conversations or the language has changed, not with each message. */
  #places(titled: readonly { conversation: Conversation; title: string }[], byName: NameOrder): ReadonlyMap<string, number> {
    const byId = titled.map((one) => ({ id: one.conversation.id, title: one.title })).sort((one, other) => (one.id < other.id ? -1 : 1));
    const key = byId.map(({ id, title }) => `${id} ${title}`).join('\n');
    if (key !== this.#sorted.key || byName !== this.#sorted.byName) {
      const sorted = byId.sort((one, other) => byName(one.title, other.title));
      this.#sorted = { key, byName, place: new Map(sorted.map(({ id }, at) => [id, at])) };
    }
    return this.#sorted.place;
  }
}

const arrivedAt = ({ lastMessage, createdAt }: Conversation): string => lastMessage?.createdAt ?? createdAt;
