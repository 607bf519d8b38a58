import type { Message } from '../src/contracts/chat/messages.ts';
import { addReaction, removeReaction } from '../src/contracts/chat/reactions.ts';
import { deleteMessage, editMessage, getMessage } from '../src/contracts/chat/messages.ts';
import { pinMessage, unpinMessage } from '../src/contracts/chat/pins.ts';
import { canonicalEmoji } from '../src/text/emoji.ts';
import { asChange, type Change } from './change.ts';
import type { Client } from './client.ts';
import { OptimisticUpdates } from './optimistic-updates.ts';

export interface MessageChangeParts {
  readonly call: Client['call'];
  readonly ownId: () => string;
  /** Of the window, as the server last said it. */
  readonly messageOf: (id: string) => Message | undefined;
  readonly absorb: (change: Change) => void;
  readonly publish: () => void;
}

/** Edits, deletions, reactions and pins of this person. All but a deletion are shown at once, and as they were where the server refuses. */
export class MessageChanges {
  readonly #parts: MessageChangeParts;
  readonly #texts: OptimisticUpdates<string>;
  /** By message and emoji: whether the person reacts with it. */
  readonly #reactions: OptimisticUpdates<boolean>;
  /** By message: whether it is pinned. */
  readonly #pins: OptimisticUpdates<boolean>;

  constructor(parts: MessageChangeParts) {
    this.#parts = parts;
    this.#texts = new OptimisticUpdates(parts.publish);
    this.#reactions = new OptimisticUpdates(parts.publish);
    this.#pins = new OptimisticUpdates(parts.publish);
  }

  edit(messageId: string, text: string): Promise<void> {
    return this.#texts.request(messageId, text, async (wanted) => {
      this.#parts.absorb(asChange(await this.#parts.call(editMessage, { messageId, text: wanted })));
    });
  }

  async delete(messageId: string): Promise<void> {
    this.#parts.absorb(asChange(await this.#parts.call(deleteMessage, { messageId })));
  }

  setPinned(messageId: string, pinned: boolean): Promise<void> {
    return this.#pins.request(messageId, pinned, async (wanted) => {
      this.#parts.absorb(asChange(await this.#parts.call(wanted ? pinMessage : unpinMessage, { messageId })));
    });
  }

  async toggleReaction(messageId: string, emoji: string): Promise<void> {
    const known = this.#parts.messageOf(messageId);
    const wanted = this.#reactions.get(keyOf(messageId, emoji));
    // Computed at once where the message is known, so that the next press starts from the result of this one.
    if (wanted !== undefined) return this.#react(messageId, emoji, !wanted);
    return this.#react(messageId, emoji, !this.#has(known ?? (await this.#parts.call(getMessage, { messageId })), emoji));
  }

  /** These messages with the changes that the server has not answered yet; the same array when there are none. */
  shown(messages: readonly Message[]): readonly Message[] {
    if (this.#texts.isEmpty && this.#reactions.isEmpty && this.#pins.isEmpty) return messages;
    const changed = new Map<string, Message>();
    const change = (id: string, by: (message: Message) => Message): void => {
      const message = changed.get(id) ?? this.#parts.messageOf(id);
      if (message?.deletedAt === null) changed.set(id, by(message));
    };
    for (const [id, text] of this.#texts.all) change(id, (message) => ({ ...message, text }));
    for (const [id, pinned] of this.#pins.all) change(id, (message) => ({ ...message, pinned }));
    for (const [key, wanted] of this.#reactions.all) {
      const [id = '', emoji = ''] = key.split(' ');
      change(id, (message) => withReaction(message, emoji, { userId: this.#parts.ownId(), wanted }));
    }
    return messages.map((message) => changed.get(message.id) ?? message);
  }

  forget(): void {
    this.#texts.forget();
    this.#reactions.forget();
    this.#pins.forget();
  }

  #react(messageId: string, emoji: string, wanted: boolean): Promise<void> {
    return this.#reactions.request(keyOf(messageId, emoji), wanted, async (reacts) => {
      const answer = await this.#parts.call(reacts ? addReaction : removeReaction, { messageId, emoji });
      this.#parts.absorb({ kind: 'reactions', ...answer });
    });
  }

  #has({ reactions }: Message, emoji: string): boolean {
    return reactions.some((reaction) => isSame(reaction.emoji, emoji) && reaction.userIds.includes(this.#parts.ownId()));
  }
}

const keyOf = (messageId: string, emoji: string): string => `${messageId} ${canonicalEmoji(emoji)}`;
const isSame = (one: string, other: string): boolean => canonicalEmoji(one) === canonicalEmoji(other);

function withReaction(message: Message, emoji: string, { userId, wanted }: { userId: string; wanted: boolean }): Message {
  const known = message.reactions.some((reaction) => isSame(reaction.emoji, emoji));
  const reactions = known ? message.reactions : [...message.reactions, { emoji, userIds: [] }];
  const userIdsOf = (userIds: readonly string[]): string[] => [...userIds.filter((id) => id !== userId), ...(wanted ? [userId] : [])];
  return {
    ...message,
    reactions: reactions
      .map((reaction) => (isSame(reaction.emoji, emoji) ? { ...reaction, userIds: userIdsOf(reaction.userIds) } : reaction))
      .filter(({ userIds }) => userIds.length > 0),
  };
}
