import type { ConversationDocument } from '../message-store/mongo/documents.ts';
import type { Source, SeqRange } from './source.ts';
import { cut, lengthOf, batchesOf } from './seq-ranges.ts';
import type { Target } from './target.ts';

/** With fewer changed messages than this in a round, the rest is copied while writes are held. */
const fewChanges = 200;
/** Rounds that do not shrink to this part of the round before never finish. */
export const shrinksTo = 0.7;

/**
 * Copies conversations with their messages, round after round: what changed since the last one has a greater rev. How far it came is noted
 * after each batch, so that a killed copy goes on from there.
 */
export class Copy {
  readonly #source: Source;
  readonly #target: Target;
  readonly #copied: Map<string, number>;

  static async open(source: Source, target: Target): Promise<Copy> {
    return new Copy(source, target, await target.notes.copied());
  }

  private constructor(source: Source, target: Target, copied: Map<string, number>) {
    this.#source = source;
    this.#target = target;
    this.#copied = copied;
  }

  /** Repeats rounds until one finds little, or about as much as the one before; the rest is copied while writes are held. Returns the number of messages. */
  async catchUp(): Promise<number> {
    let all = 0;
    for (let before = Infinity; ;) {
      const changed = await this.round();
      all += changed;
      if (changed < fewChanges || changed > before * shrinksTo) return all;
      before = changed;
    }
  }

  async round(): Promise<number> {
    const conversations = await this.#source.conversations();
    await this.#removeGone(conversations);
    const changed = conversations.filter(({ _id, rev }) => this.#copied.get(_id) !== rev);
    for (const batch of batchesOf(changed, () => 1)) await this.#target.collections.conversations.putAll(batch);
    const ranges = changed.flatMap(({ _id, rev }) => cut({ conversationId: _id, after: this.#copied.get(_id) ?? 0, upTo: rev }));
    let copied = 0;
    for (const batch of batchesOf(ranges, lengthOf)) copied += await this.#copy(batch);
    return copied;
  }

  async #copy(batch: readonly SeqRange[]): Promise<number> {
    const { messages, edits } = this.#target.collections;
    const [said, before] = await Promise.all([this.#source.messages('rev', batch), this.#source.edits('rev', batch)]);
    await Promise.all([messages.putAll(said), edits.putAll(before)]);
    const deleted = said.filter(({ deletedAt }) => deletedAt).map(({ _id }) => _id);
    if (deleted.length > 0) await edits.remove({ messageId: { $in: deleted } });
    for (const { conversationId, upTo } of batch) this.#copied.set(conversationId, upTo);
    const noted = new Map(batch.map(({ conversationId, upTo }) => [conversationId, upTo]));
    await this.#target.notes.note([...noted]);
    return said.length;
  }

  /** Before anything comes: what has to come then finds its unique keys free. The conversation goes last, since it is how they are found. */
  async #removeGone(present: readonly ConversationDocument[]): Promise<void> {
    const { conversations, members, messages, edits } = this.#target.collections;
    const there = new Set(present.map(({ _id }) => _id));
    const copied = await conversations.find({}, { project: { _id: 1 } });
    const gone = copied.map(({ _id }) => _id).filter((id) => !there.has(id));
    if (gone.length === 0) return;
    await Promise.all([members, messages, edits].map((each) => each.remove({ conversationId: { $in: gone } })));
    await this.#target.notes.forget(gone);
    await conversations.remove({ _id: { $in: gone } });
    for (const id of gone) this.#copied.delete(id);
  }
}
