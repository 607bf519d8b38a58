import type { Message } from '../../../../../contracts/chat/messages.ts';
import type { DomainEvent } from '../../../../../kernel/bus/bus.ts';
import type { Database } from '../../../../../kernel/database.ts';
import { isRetriable } from '../../../../../infra/postgres/failures.ts';
import { AppError } from '../../../../../kernel/errors.ts';
import type { Outbox } from '../../../../../kernel/outbox.ts';
import { type Draft, placed, type Send, sendKey } from '../../../domain/drafts.ts';
import type { LogWriter } from '../message-log.ts';
import { appendText, appendValues } from './append-statement.ts';
import { messageOf, type MessageRow } from './message-columns.ts';

interface HeadRow extends Record<string, unknown> {
  id: string;
  seq0: number;
  rev0: number;
}

/** Names rows of the outbox that refer to messages. */
export const messagesSource = 'chat.messages';
const triesAtMost = 5;

/** One statement per batch. Its outbox row names the messages, since they are stored already. */
export class PostgresAppends implements LogWriter {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #created: (message: Message) => DomainEvent;

  constructor(database: Database, outbox: Outbox, created: (message: Message) => DomainEvent) {
    this.#database = database;
    this.#outbox = outbox;
    this.#created = created;
    outbox.expand(messagesSource, (body) => this.#eventsOf((body as { ids: string[] }).ids));
  }

  async write(drafts: readonly Draft[]): Promise<readonly (Message | null)[]> {
    try {
      return await this.#insert(drafts);
    } catch (error) {
      if (!isTakenAlready(error) && !isRetriable(error)) throw error;
      return this.#writeTheNew(drafts);
    }
  }

  async #insert(drafts: readonly Draft[]): Promise<(Message | null)[]> {
    const staged = this.#outbox.stageReference(messagesSource, { ids: drafts.map(({ id }) => id) }, []);
    const heads = await this.#database.query<HeadRow>(appendText(staged), appendValues(staged, drafts), 'chat.append');
    const places = new Map(heads.map(({ id, seq0, rev0 }) => [id, { seq: seq0, rev: rev0 }]));
    const events: DomainEvent[] = [];
    const messages = drafts.map((draft) => {
      const place = places.get(draft.conversationId);
      if (!place) return null;
      const message = placed(draft, ++place.seq, ++place.rev);
      events.push(this.#created(message));
      return message;
    });
    this.#outbox.committed({ ...staged, events });
    return messages;
  }

  /** Some were sent before: the statement wrote nothing, so those get their first message and the rest is written without them. */
  async #writeTheNew(drafts: readonly Draft[]): Promise<(Message | null)[]> {
    for (let tries = 0; tries < triesAtMost; tries++) {
      const found = new Map((await findSent(this.#database, drafts)).map((message) => [sendKey(message), message]));
      const rest = drafts.filter((draft) => !found.has(sendKey(draft)));
      try {
        const written = rest.length > 0 ? await this.#insert(rest) : [];
        const fresh = new Map(rest.map((draft, index) => [draft, written[index] ?? null]));
        return drafts.map((draft) => found.get(sendKey(draft)) ?? fresh.get(draft) ?? null);
      } catch (error) {
        // Another node wrote one of them in between, or two batches deadlocked.
        if (!isTakenAlready(error) && !isRetriable(error)) throw error;
      }
    }
    throw new AppError('unavailable', { detail: 'The message could not be placed; try again.', retryAfter: 1 });
  }

  async #eventsOf(ids: readonly string[]): Promise<DomainEvent[]> {
    const rows = await this.#database.query<MessageRow>(
      'SELECT * FROM chat.messages WHERE id = ANY($1::uuid[]) ORDER BY conversation_id, seq',
      [ids],
    );
    return rows.map((row) => this.#created(messageOf(row)));
  }
}

/** The messages of these sends. */
export async function findSent(database: Pick<Database, 'query'>, sends: readonly Send[]): Promise<Message[]> {
  const rows = await database.query<MessageRow>(
    `SELECT m.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS d(conversation_id, sender_id, client_message_id)
     JOIN chat.messages m USING (conversation_id, sender_id, client_message_id)`,
    [sends.map((d) => d.conversationId), sends.map((d) => d.senderId), sends.map((d) => d.clientMessageId)],
    'chat.findSent',
  );
  return rows.map(messageOf);
}

const isTakenAlready = (error: unknown): boolean =>
  (error as { code?: unknown }).code === '23505' && (error as { constraint?: unknown }).constraint === 'messages_sent_once';
