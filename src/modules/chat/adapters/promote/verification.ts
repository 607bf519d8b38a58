import type { DocumentCollection } from '../../../../kernel/document-database.ts';
import { placesTaken } from '../../../../infra/mongo/mongo-failures.ts';
import { type Compared, type Sum, total } from '../../../../promote/compare.ts';
import type { ConversationDocument, EditDocument } from '../message-store/mongo/documents.ts';
import type { MessageDocument } from '../message-store/mongo/message-fields.ts';
import { type Kind, RowCounts } from './row-counts.ts';
import type { Source, SeqRange } from './source.ts';
import { cut, lengthOf, batchesOf, width } from './seq-ranges.ts';
import { hashOf, sumOf } from './sums.ts';
import type { Target } from './target.ts';

interface Pair {
  readonly source: Sum;
  readonly target: Sum;
}

/** What was found of a conversation, and at which revs. */
interface Seen {
  rev: number;
  membersRev: number;
  members: Pair;
  /** By the place of each range of seqs. */
  readonly messages: Map<number, Pair>;
  readonly edits: Map<number, Pair>;
}

interface Found {
  readonly said: readonly MessageDocument[];
  readonly before: readonly EditDocument[];
}

/** What PostgreSQL holds of some ranges. */
interface Here extends Found {
  readonly whole: readonly SeqRange[];
}

const nothing: Pair = { source: { rows: 0, sum: 0n }, target: { rows: 0, sum: 0n } };

/**
 * Holds the documents against the rows, range by range, and makes them alike where they are not. What was seen before is read again only
 * where a message has taken a rev, or a member was written, since: that is what keeps a hold short.
 */
export class Verification {
  readonly #source: Source;
  readonly #target: Target;
  readonly #now: () => Promise<string>;
  readonly #seen = new Map<string, Seen>();
  readonly #counts: RowCounts;
  #since: string | null = null;

  /** `now` names the oldest transaction that has not ended. */
  constructor(source: Source, target: Target, now: () => Promise<string>) {
    this.#source = source;
    this.#target = target;
    this.#now = now;
    this.#counts = new RowCounts(target.collections);
  }

  async look(): Promise<Compared[]> {
    const since = await this.#now();
    const conversations = await this.#source.conversations();
    const heads = await this.#lookAtHeads(conversations);
    this.#forgetGone(conversations);
    await this.#lookAtMembers(conversations);
    const areInPlace = await this.#lookAtMessages(conversations);
    let compared = await this.#sumUp(heads);
    if (!areInPlace || compared.some(hasMore)) {
      await this.#lookForMore(conversations);
      compared = await this.#sumUp(heads);
    }
    this.#since = since;
    return compared;
  }

  #sumUp(heads: Pair): Promise<Compared[]> {
    const seen = [...this.#seen.values()];
    return Promise.all([
      this.#compared('conversations', [heads]),
      this.#compared(
        'members',
        seen.map(({ members }) => members),
      ),
      this.#compared(
        'messages',
        seen.flatMap(({ messages }) => [...messages.values()]),
      ),
      this.#compared(
        'edits',
        seen.flatMap(({ edits }) => [...edits.values()]),
      ),
    ]);
  }

  /** Counted there as a whole: nothing may lie beside what was looked at. */
  async #compared(kind: Kind, pairs: readonly Pair[]): Promise<Compared> {
    const rows = await this.#counts.of(kind);
    const { sum } = total(pairs.map(({ target }) => target));
    return { table: `chat.${kind}`, source: total(pairs.map(({ source }) => source)), target: { rows, sum } };
  }

  /** Conversations come and go with all that is theirs by the copy alone. */
  async #lookAtHeads(right: readonly ConversationDocument[]): Promise<Pair> {
    const { conversations } = this.#target.collections;
    const present = await conversations.find({});
    const [there, here] = [new Set(present.map(({ _id }) => _id)), new Set(right.map(({ _id }) => _id))];
    const mended = await mend(
      conversations,
      right.filter(({ _id }) => there.has(_id)),
      present.filter(({ _id }) => here.has(_id)),
    );
    return { source: sumOf(right), target: mended.target };
  }

  #forgetGone(conversations: readonly ConversationDocument[]): void {
    const there = new Set(conversations.map(({ _id }) => _id));
    for (const id of this.#seen.keys()) if (!there.has(id)) this.#seen.delete(id);
  }

  async #lookAtMembers(conversations: readonly ConversationDocument[]): Promise<void> {
    const { members } = this.#target.collections;
    const fresh = new Set(this.#since === null ? [] : await this.#source.withFreshMembers(this.#since));
    const asked = conversations.filter(({ _id, membersRev }) => fresh.has(_id) || this.#seen.get(_id)?.membersRev !== membersRev);
    for (const batch of batchesOf(asked, ({ memberCount }) => memberCount)) {
      const ids = batch.map(({ _id }) => _id);
      const [here, there] = await Promise.all([this.#source.members(ids), members.find({ conversationId: { $in: ids } })]);
      for (const { _id, membersRev } of batch) {
        const found = await mend(members, here.filter(isOf(_id)), there.filter(isOf(_id)));
        const seen = this.#seen.get(_id) ?? { rev: 0, membersRev, members: nothing, messages: new Map(), edits: new Map() };
        this.#seen.set(_id, Object.assign(seen, { membersRev, members: found }));
      }
    }
  }

  /** Answers false when something else has the place of what belongs there. */
  async #lookAtMessages(conversations: readonly ConversationDocument[]): Promise<boolean> {
    let areInPlace = true;
    for (const batch of batchesOf(await this.#unseen(conversations), lengthOf)) {
      try {
        await this.#lookByName(await this.#read(batch));
      } catch (error) {
        if (placesTaken(error) === null) throw error;
        areInPlace = false;
      }
    }
    for (const { _id, rev } of conversations) Object.assign(this.#seen.get(_id) ?? {}, { rev });
    return areInPlace;
  }

  async #unseen(conversations: readonly ConversationDocument[]): Promise<SeqRange[]> {
    const asked: SeqRange[] = [];
    for (const { _id, rev, lastSeq } of conversations) {
      const before = this.#seen.get(_id)?.rev ?? 0;
      if (before === rev) continue;
      const all = cut({ conversationId: _id, after: 0, upTo: lastSeq });
      const touched = before === 0 ? null : new Set(await this.#source.touched(_id, before, width));
      asked.push(...all.filter(({ after }) => touched?.has(after / width) ?? true));
    }
    return asked;
  }

  async #lookByName(here: Here): Promise<void> {
    const { messages, edits } = this.#target.collections;
    // A message deleted since it was copied has former texts there that nothing here has the names of.
    const deleted = idsOf(here.said.filter(({ deletedAt }) => deletedAt));
    const [said, before, more] = await Promise.all([
      messages.find({ _id: { $in: idsOf(here.said) } }),
      edits.find({ _id: { $in: idsOf(here.before) } }),
      deleted.length === 0 ? [] : edits.find({ messageId: { $in: deleted } }),
    ]);
    await this.#compare(here, { said, before: distinct([...before, ...more]) });
  }

  /** Reads everything by its place. */
  async #lookForMore(conversations: readonly ConversationDocument[]): Promise<void> {
    const { messages, edits } = this.#target.collections;
    const all = conversations.flatMap(({ _id, lastSeq }) => cut({ conversationId: _id, after: 0, upTo: lastSeq }));
    for (const batch of batchesOf(all, lengthOf)) {
      const here = await this.#read(batch);
      const places = here.whole.map(({ conversationId, after, upTo }) => ({ conversationId, seq: { $gt: after, $lte: upTo } }));
      const said = await messages.find({ $or: places });
      const ids = new Set([...idsOf(here.said), ...idsOf(said)]);
      await this.#compare(here, { said, before: await edits.find({ messageId: { $in: [...ids] } }) });
    }
  }

  async #read(batch: readonly SeqRange[]): Promise<Here> {
    const whole = batch.map((each) => ({ ...each, upTo: each.after + width }));
    const [said, before] = await Promise.all([this.#source.messages('seq', whole), this.#source.edits('seq', whole)]);
    return { whole, said, before };
  }

  async #compare({ whole, said, before }: Here, there: Found): Promise<void> {
    const { messages, edits } = this.#target.collections;
    const rangeOf = new Map([...there.said, ...said].map(({ _id, conversationId, seq }) => [_id, nameOf(conversationId, placeOf(seq))]));
    for (const { conversationId, after } of whole) {
      const place = after / width;
      const name = nameOf(conversationId, place);
      const isSaid = (one: { readonly _id: string }) => rangeOf.get(one._id) === name;
      const isEdit = (one: { readonly messageId: string }) => rangeOf.get(one.messageId) === name;
      const seen = this.#seen.get(conversationId);
      seen?.messages.set(place, await mend(messages, said.filter(isSaid), there.said.filter(isSaid)));
      seen?.edits.set(place, await mend(edits, before.filter(isEdit), there.before.filter(isEdit)));
    }
  }
}

const nameOf = (conversationId: string, place: number): string => `${conversationId} ${String(place)}`;
const isOf =
  (id: string) =>
  ({ conversationId }: { readonly conversationId: string }): boolean =>
    conversationId === id;
/** Whether documents lie beside those that were asked for by their names. */
const hasMore = ({ table, source, target }: Compared): boolean =>
  (table === 'chat.messages' || table === 'chat.edits') && target.rows > source.rows;
const idsOf = (documents: readonly { readonly _id: string }[]): string[] => documents.map(({ _id }) => _id);
const distinct = <T extends { readonly _id: string }>(documents: readonly T[]): T[] => [
  ...new Map(documents.map((each) => [each._id, each])).values(),
];
const placeOf = (seq: number): number => Math.floor((seq - 1) / width);

/** Makes what is `present` like what is `right`, and answers what both are after that. */
async function mend<T extends { readonly _id: string }>(
  collection: DocumentCollection<T>,
  right: readonly T[],
  present: readonly T[],
): Promise<Pair> {
  const source = sumOf(right);
  const [wanted, found] = [hashesOf(right), hashesOf(present)];
  const surplus = present.filter(({ _id }) => !wanted.has(_id)).map(({ _id }) => _id);
  const faulty = right.filter(({ _id }) => wanted.get(_id) !== found.get(_id));
  if (surplus.length + faulty.length === 0) return { source, target: sumOf(present) };
  if (surplus.length > 0) await collection.remove({ _id: { $in: surplus } });
  for (const batch of batchesOf(faulty, () => 1)) await collection.putAll(batch);
  return { source, target: sumOf(await collection.find({ _id: { $in: right.map(({ _id }) => _id) } })) };
}

const hashesOf = (documents: readonly { readonly _id: string }[]): Map<string, bigint> =>
  new Map(documents.map((one) => [one._id, hashOf(one)]));
