import { type Settings, defaultSettings } from '../../../contracts/admin/entities.ts';
import type { Role, User } from '../../../contracts/auth/entities.ts';
import { readUsers, resolveUsernames } from '../../../contracts/auth/operations.ts';
import type { Conversation, Message } from '../../../contracts/chat/entities.ts';
import * as chatEvents from '../../../contracts/chat/events.ts';
import * as chat from '../../../contracts/chat/operations.ts';
import type { EventDeclaration, Operation, Output, Payload, RawInput } from '../../../contracts/define.ts';
import { implement, listen } from '../../../kernel/bus/bus.ts';
import { MemoryBus } from '../../../kernel/bus/memory-bus.ts';
import { MemoryDeliveries } from '../../../kernel/bus/memory-deliveries.ts';
import type { Context } from '../../../kernel/context.ts';
import { houseContext } from '../../../kernel/context.ts';
import { isAppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Kernel } from '../../../kernel/module.ts';
import { PostgresOutbox } from '../../../kernel/outbox/postgres-outbox.ts';
import type { Outbox } from '../../../kernel/outbox/outbox.ts';
import { createMetrics } from '../../../kernel/telemetry/prometheus-metrics.ts';
import { silentLogger } from '../../../kernel/telemetry/logger.ts';
import { createTestDatabase } from '../../../../test/harness/database.ts';
import { chatModule } from '../module.ts';

export interface TestPerson {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
}

/** The chat module on a database of its own, a strict bus and a clock that stands still; accounts are a list. */
export type ChatRoom = Awaited<ReturnType<typeof openChatRoom>>;

export async function openChatRoom() {
  const database = await createTestDatabase();
  const deliveries = new MemoryDeliveries();
  const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
  const people = new Map<string, User>();
  const settings: { current: Settings } = { current: defaultSettings };
  const clock = { ms: Date.parse('2026-02-03T10:00:00.000Z') };
  const lateOutbox: { current: Outbox | null } = { current: null };
  const pool = database.database(lateBound(lateOutbox));
  lateOutbox.current = new PostgresOutbox({ database: pool, bus, deliveries, logger: silentLogger, relays: true });
  const kernel = {
    bus,
    deliveries,
    database: pool,
    outbox: lateOutbox.current,
    metrics: createMetrics(),
    logger: silentLogger,
    clock: { now: () => clock.ms, timestamp: () => new Date(clock.ms).toISOString() },
    settings: { current: () => settings.current },
  } as unknown as Kernel;

  bus.serve(
    implement(readUsers, ({ userIds }) => ({ items: userIds.flatMap((id) => people.get(id) ?? []).filter(({ active }) => active) })),
  );
  bus.serve(
    implement(resolveUsernames, ({ usernames }) => ({
      items: [...people.values()]
        .filter(({ username }) => usernames.includes(username))
        .map(({ id, username }) => ({ username, userId: id })),
    })),
  );
  const module = await chatModule.create(kernel, {});
  for (const implementation of module.implements) bus.serve(implementation);
  const heard: { event: string; payload: unknown }[] = [];
  for (const event of Object.values(chatEvents))
    bus.subscribe(listen(event as unknown as EventDeclaration, 'test', ({ payload }) => void heard.push({ event: event.name, payload })));
  for (const subscription of module.hears ?? []) bus.subscribe(subscription);

  const person = (username = `p${newId().slice(-8)}`, role: Role = 'member'): TestPerson => {
    const id = newId();
    people.set(id, { id, username, displayName: username, avatarUrl: null, role, active: true, createdAt: '2026-02-03T10:00:00.000Z' });
    return { userId: id, username, role };
  };
  const call = <O extends Operation>(as: TestPerson, operation: O, input: RawInput<O>): Promise<Output<O>> =>
    bus.call(operation, input, contextOf(as));

  return {
    bus,
    database: pool,
    clock,
    settings,
    person,
    people,
    call,
    /** What live listeners were told, in order. */
    heard,
    heardOf: <E extends EventDeclaration>(event: E): Payload<E>[] =>
      heard.filter((one) => one.event === event.name).map(({ payload }) => payload as Payload<E>),
    /** The code of a refusal; fails when there is none. */
    refusal: async (work: Promise<unknown>): Promise<string> => {
      const error = await work.then(
        () => new Error('nothing was refused'),
        (failure: unknown) => failure,
      );
      if (isAppError(error)) return error.code;
      throw error as Error;
    },
    group: (owner: TestPerson, others: readonly TestPerson[] = []): Promise<Conversation> =>
      call(owner, chat.createConversation, { kind: 'group', name: 'group', memberIds: others.map(({ userId }) => userId) }),
    channel: (owner: TestPerson, name = `c${newId().slice(-8)}`): Promise<Conversation> =>
      call(owner, chat.createConversation, { kind: 'channel', name }),
    say: (as: TestPerson, { id }: { id: string }, text: string, more: Partial<RawInput<typeof chat.sendMessage>> = {}): Promise<Message> =>
      call(as, chat.sendMessage, { conversationId: id, clientMessageId: newId(), text, ...more }),
    /** Delivers a fact of another room and waits until it has taken effect. */
    tell: async <E extends EventDeclaration>(event: E, payload: Payload<E>): Promise<void> => {
      await bus.deliver([{ id: newId(), event: event.name, payload }]);
    },
    settle: () => kernel.outbox.drained(),
    exposedMetrics: async (): Promise<string> => (await kernel.metrics.expose()).body,
    close: async (): Promise<void> => {
      await kernel.outbox.drained();
      await bus.stop();
      await database.drop();
    },
  };
}

const contextOf = ({ userId, role }: TestPerson): Context => ({
  ...houseContext(),
  actor: { userId, role, sessionId: '01900000-0000-7000-8000-000000000000' },
});

/** The database wants an outbox and the outbox a database. */
function lateBound(late: { readonly current: Outbox | null }): Outbox {
  const it = (): Outbox => {
    if (!late.current) throw new Error('the outbox is not there yet');
    return late.current;
  };
  return {
    stage: (facts) => it().stage(facts),
    stageReference: (source, body, facts) => it().stageReference(source, body, facts),
    expand: (source, expander) => {
      it().expand(source, expander);
    },
    committed: (staged) => {
      it().committed(staged);
    },
    drained: () => it().drained(),
    start: () => it().start(),
    stop: () => it().stop(),
  };
}
