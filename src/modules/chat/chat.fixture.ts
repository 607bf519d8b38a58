import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { type ChatSettings, chatSettings } from '../../contracts/chat/team-settings.ts';
import type { Role, User } from '../../contracts/auth/accounts.ts';
import { readUsers, resolveUsernames } from '../../contracts/auth/accounts.ts';
import type { Conversation } from '../../contracts/chat/conversations.ts';
import { registerAttachment } from '../../contracts/chat/attachments.ts';
import type { Attachment, Message } from '../../contracts/chat/messages.ts';
import * as chat from '../../contracts/chat/index.ts';
import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../contracts/define.ts';
import { eventsOf } from '../../../test/harness/events-of.ts';
import { readPresence } from '../../contracts/presence/statuses.ts';
import { type Bus, implement, onLive } from '../../kernel/bus/bus.ts';
import type { DeliveryStore } from '../../kernel/bus/delivery-store.ts';
import { MemoryBus } from '../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../infra/memory/memory-deliveries.ts';
import { PgDatabase } from '../../infra/postgres/pg-database.ts';
import { systemContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Kernel, Module } from '../../kernel/module.ts';
import { PostgresOutbox } from '../../infra/postgres/postgres-outbox.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import { chatModule } from './module.ts';

export interface TestPerson {
  readonly userId: string;
  readonly role: Role;
}

const noWords = { lastSeenAt: null, text: null, until: null };
const bornAt = '2026-02-03T10:00:00.000Z';

/** The chat module on a database of its own, a strict bus and a clock that stands still; accounts are a list. */
export class ChatBench {
  readonly clock = { ms: Date.parse(bornAt) };
  /** What live subscribers received, in order. */
  readonly received: { event: string; payload: unknown }[] = [];
  readonly metrics = createMetrics();
  readonly bus: MemoryBus;
  settings: ChatSettings = chatSettings.defaults;
  /** People who show as offline. */
  readonly unseen = new Set<string>();
  readonly #database: TestDatabase;
  readonly #throttling: 'on' | 'off';
  readonly #kernel: Kernel & { database: PgDatabase };
  readonly #people = new Map<string, User>();
  #module: Module | null = null;

  static async open(throttling: 'on' | 'off' = 'off'): Promise<ChatBench> {
    const bench = new ChatBench(await createTestDatabase(), throttling);
    await bench.#furnish();
    return bench;
  }

  private constructor(database: TestDatabase, throttling: 'on' | 'off') {
    this.#throttling = throttling;
    const deliveries = new MemoryDeliveries();
    this.bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
    this.#database = database;
    this.#kernel = {
      ...databaseWithOutbox(database.url, { bus: this.bus, deliveries }),
      bus: this.bus,
      metrics: this.metrics,
      logger: silentLogger,
      clock: { now: () => this.clock.ms, timestamp: () => new Date(this.clock.ms).toISOString(), monotonic: () => this.clock.ms },
      settings: { of: () => this.settings },
    } as unknown as Kernel & { database: PgDatabase };
  }

  person(username = `p${newId().slice(-8)}`, role: Role = 'member'): TestPerson {
    const id = newId();
    this.#people.set(id, { id, username, displayName: username, avatarUrl: null, role, active: true, createdAt: bornAt });
    return { userId: id, role };
  }

  user({ userId }: TestPerson): User {
    const user = this.#people.get(userId);
    if (!user) throw new Error('nobody by this id');
    return user;
  }

  /** The same person with another role in the team. */
  becomes(person: TestPerson, role: Role): TestPerson {
    this.#people.set(person.userId, { ...this.user(person), role });
    return { ...person, role };
  }

  closeAccount({ userId }: TestPerson): void {
    this.#people.delete(userId);
  }

  openAccount(user: User): void {
    this.#people.set(user.id, user);
  }

  call<O extends Operation>({ userId, role }: TestPerson, operation: O, input: RawInput<O>): Promise<Output<O>> {
    return this.bus.call(operation, input, { ...systemContext(), actor: { userId, role, sessionId: newId() } });
  }

  group(owner: TestPerson, others: readonly TestPerson[] = []): Promise<Conversation> {
    return this.call(owner, chat.createConversation, { kind: 'group', name: 'group', memberIds: others.map(({ userId }) => userId) });
  }

  direct(one: TestPerson, other: TestPerson): Promise<Conversation> {
    return this.call(one, chat.createConversation, { kind: 'direct', memberIds: [other.userId] });
  }

  channel(owner: TestPerson, more: Partial<RawInput<typeof chat.createConversation>> = {}): Promise<Conversation> {
    return this.call(owner, chat.createConversation, { kind: 'channel', name: `c${newId().slice(-8)}`, ...more });
  }

  say(as: TestPerson, { id }: { id: string }, text: string, more: Partial<RawInput<typeof chat.sendMessage>> = {}): Promise<Message> {
    return this.call(as, chat.sendMessage, { conversationId: id, clientMessageId: newId(), text, ...more });
  }

  /** A file of this person that is in no message yet. */
  async uploads({ userId }: TestPerson, name?: string, mimeType?: string): Promise<Attachment> {
    const attachment = anAttachment(name, mimeType);
    await this.bus.call(registerAttachment, { attachment, ownerId: userId }, systemContext());
    return attachment;
  }

  /** What no operation writes. */
  async query(text: string, values: readonly unknown[]): Promise<void> {
    await this.#kernel.database.query(text, values);
  }

  receivedOf<E extends EventDeclaration>(event: E): Payload<E>[] {
    return this.received.filter((one) => one.event === event.name).map(({ payload }) => payload as Payload<E>);
  }

  /** Delivers an event of another module and waits until it has taken effect. */
  deliver<E extends EventDeclaration>(event: E, payload: Payload<E>): Promise<void> {
    return this.bus.deliver([{ id: newId(), event: event.name, payload }]);
  }

  async close(): Promise<void> {
    await this.#module?.stop?.();
    await this.#kernel.outbox.drained();
    await this.bus.stop();
    await this.#kernel.database.close();
    await this.#database.drop();
  }

  async #furnish(): Promise<void> {
    const people = this.#people;
    this.bus.serve(implement(readUsers, ({ userIds }) => ({ items: userIds.flatMap((id) => people.get(id) ?? []) })));
    this.bus.serve(
      implement(resolveUsernames, ({ usernames }) => ({
        items: [...people.values()]
          .filter(({ username }) => usernames.includes(username))
          .map(({ id, username }) => ({ username, userId: id })),
      })),
    );
    this.bus.serve(
      implement(readPresence, ({ userIds }) => ({
        items: userIds.map((userId) => ({
          userId,
          status: this.unseen.has(userId) ? ('offline' as const) : ('online' as const),
          ...noWords,
        })),
      })),
    );
    const module = (this.#module = await chatModule.create(this.#kernel, { throttling: this.#throttling }));
    for (const implementation of module.implements) this.bus.serve(implementation);
    for (const event of eventsOf('chat'))
      this.bus.subscribe(onLive(event, 'test', ({ payload }) => void this.received.push({ event: event.name, payload })));
    for (const subscription of module.subscriptions ?? []) this.bus.subscribe(subscription);
  }
}

export function anAttachment(name = 'report.txt', mimeType = 'text/plain'): Attachment {
  const id = newId();
  return { id, name, size: 3, mimeType, sha256: 'ab'.repeat(32), url: `/api/v1/media/${id}` };
}

/** The code of a refusal; fails when nothing is refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (failure: unknown) => failure,
  );
  if (error instanceof AppError) return error.code;
  throw error as Error;
}

/** The real outbox beside the database that writes to it, as the host puts them together. */
export function databaseWithOutbox(
  url: string,
  { bus, deliveries }: { bus: Bus; deliveries: DeliveryStore },
): { database: PgDatabase; outbox: PostgresOutbox } {
  const database: PgDatabase = new PgDatabase({ url, outbox: () => outbox, logger: silentLogger, poolSize: 5 });
  const outbox: PostgresOutbox = new PostgresOutbox({ database, bus, deliveries, logger: silentLogger, relays: true });
  return { database, outbox };
}
