import type { Message } from '../../../contracts/chat/entities.ts';
import { messageCreated } from '../../../contracts/chat/events.ts';
import type { Fact } from '../../../kernel/bus/bus.ts';
import type { Database } from '../../../kernel/database/database.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Outbox } from '../../../kernel/outbox/outbox.ts';
import { type Draft, placed } from '../domain/drafts.ts';
import { appendValues, appendText } from './append-statement.ts';
import { type MessageRow, presentMessage } from './rows.ts';

/** Who may write changed since the draft was let through, or the conversation is gone: look again. */
export class StaleAuthorisation extends Error {}

interface Waiting {
  readonly draft: Draft;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

interface HeadRow extends Record<string, unknown> {
  id: string;
  seq0: number;
  rev0: number;
}

export const messagesSource = 'chat.messages';
const perBatch = 500;
const bytesPerBatch = 1_000_000;
const waitingAtMost = 20_000;
const bytesWaitingAtMost = 64_000_000;

/**
 * The log of messages with group commit: drafts that arrive while a write is in flight are written together by the
 * next, one statement for all of them, and each is answered after its commit. No timers: an idle log writes at once.
 */
export class MessageLog {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #held = new Map<string, Promise<unknown>>();
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #writing: Promise<void> | null = null;

  constructor(database: Database, outbox: Outbox) {
    this.#database = database;
    this.#outbox = outbox;
  }

  /**
   * Appends and answers the message with its place; a repeat of (conversation, sender, clientMessageId) answers the
   * first one. Rejects with `StaleAuthorisation`, `rate_limited` when too much waits, or what the database says.
   */
  append(draft: Draft): Promise<Message> {
    if (this.#queue.length >= waitingAtMost || this.#queuedBytes > bytesWaitingAtMost) {
      return Promise.reject(new AppError('rate_limited', { detail: 'The server is busy; try again.', retryAfter: 1 }));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ draft, resolve, reject });
      this.#queuedBytes += draft.text.length;
      this.#kick();
    });
  }

  /** Runs a change of one conversation between its appends, so that listeners hear revs in their order. */
  async exclusively<T>(conversationId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#held.get(conversationId);
    const turn = (async () => {
      await before?.catch(() => undefined);
      await this.#writing;
      return work();
    })();
    this.#held.set(conversationId, turn);
    try {
      return await turn;
    } finally {
      if (this.#held.get(conversationId) === turn) this.#held.delete(conversationId);
      this.#kick();
    }
  }

  #kick(): void {
    if (this.#writing || this.#queue.length === 0) return;
    const batch = this.#take();
    if (batch.length === 0) return;
    this.#writing = this.#write(batch).finally(() => {
      this.#writing = null;
      this.#kick();
    });
  }

  /** The next batch in order of arrival; what belongs to a held conversation stays. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    let bytes = 0;
    for (let index = 0; index < this.#queue.length; index++) {
      const waiting = this.#queue[index];
      if (!waiting) continue;
      if (batch.length >= perBatch || bytes >= bytesPerBatch) {
        for (; index < this.#queue.length; index++) rest.push(this.#queue[index] as Waiting);
        break;
      }
      if (this.#held.size > 0 && this.#held.has(waiting.draft.conversationId)) {
        rest.push(waiting);
        continue;
      }
      batch.push(waiting);
      bytes += waiting.draft.text.length;
    }
    this.#queue = rest;
    this.#queuedBytes -= bytes;
    return batch;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const { firsts, repeats } = withoutRepeats(batch);
    try {
      await this.#append(firsts);
    } catch (error) {
      if (!isTakenAlready(error)) {
        for (const { reject } of batch) reject(error as Error);
        return;
      }
      await this.#appendTheNew(firsts).catch((failure: unknown) => {
        for (const { reject } of firsts) reject(failure as Error);
      });
    }
    if (repeats.length > 0) await this.#answerRepeats(repeats);
  }

  async #append(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    const staged = this.#outbox.stageReference(messagesSource, { ids: batch.map(({ draft }) => draft.id) }, []);
    const drafts = batch.map(({ draft }) => draft);
    const heads = await this.#database.query<HeadRow>(appendText(staged), appendValues(staged, drafts), 'chat.append');
    const places = new Map(heads.map(({ id, seq0, rev0 }) => [id, { seq: seq0, rev: rev0 }]));
    const messages = drafts.map((draft) => {
      const place = places.get(draft.conversationId);
      return place ? placed(draft, ++place.seq, ++place.rev) : null;
    });
    const facts: Fact[] = [];
    for (const message of messages) if (message) facts.push(createdFact(message));
    this.#outbox.committed({ ...staged, facts });
    for (let index = 0; index < batch.length; index++) {
      const message = messages[index];
      if (message) batch[index]?.resolve(message);
      else batch[index]?.reject(new StaleAuthorisation());
    }
  }

  /** Some of the batch was sent before: those get the first message, the rest is written without them. */
  async #appendTheNew(batch: readonly Waiting[]): Promise<void> {
    const found = await this.#find(batch.map(({ draft }) => draft));
    const rest: Waiting[] = [];
    for (const waiting of batch) {
      const first = found.get(keyOf(waiting.draft));
      if (first) waiting.resolve(first);
      else rest.push(waiting);
    }
    if (rest.length === batch.length)
      throw new AppError('unavailable', { detail: 'The message could not be placed; try again.', retryAfter: 1 });
    await this.#append(rest);
  }

  async #answerRepeats(repeats: readonly Waiting[]): Promise<void> {
    try {
      const found = await this.#find(repeats.map(({ draft }) => draft));
      for (const { draft, resolve, reject } of repeats) {
        const first = found.get(keyOf(draft));
        if (first) resolve(first);
        else reject(new StaleAuthorisation());
      }
    } catch (error) {
      for (const { reject } of repeats) reject(error as Error);
    }
  }

  async #find(drafts: readonly Draft[]): Promise<Map<string, Message>> {
    const rows = await this.#database.query<MessageRow>(
      `SELECT m.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS d(conversation_id, sender_id, client_message_id)
       JOIN chat.messages m USING (conversation_id, sender_id, client_message_id)`,
      [drafts.map((d) => d.conversationId), drafts.map((d) => d.senderId), drafts.map((d) => d.clientMessageId)],
    );
    return new Map(rows.map(presentMessage).map((message) => [keyOf(message), message]));
  }
}

export const createdFact = (message: Message): Fact => ({ id: newId(), event: messageCreated.name, payload: { message } });

const keyOf = ({
  conversationId,
  senderId,
  clientMessageId,
}: {
  conversationId: string;
  senderId: string;
  clientMessageId: string;
}): string => conversationId + senderId + clientMessageId;

const isTakenAlready = (error: unknown): boolean =>
  (error as { code?: unknown }).code === '23505' && (error as { constraint?: unknown }).constraint === 'messages_sent_once';

function withoutRepeats(batch: readonly Waiting[]): { firsts: readonly Waiting[]; repeats: Waiting[] } {
  const seen = new Set<string>();
  const repeats: Waiting[] = [];
  const firsts = batch.filter((waiting) => {
    const key = keyOf(waiting.draft);
    if (!seen.has(key)) {
      seen.add(key);
      return true;
    }
    repeats.push(waiting);
    return false;
  });
  return { firsts, repeats };
}
