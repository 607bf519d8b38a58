import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { ruleChanged } from '../../contracts/notifications/rules.ts';
import { PostgresDeliveries } from './adapters/deliveries/postgres.ts';
import { PostgresEntries } from './adapters/entries/postgres.ts';
import { PostgresInbox } from './adapters/inbox/postgres.ts';
import { PostgresRules } from './adapters/rule-store/postgres.ts';
import { PostgresSubscriptions } from './adapters/subscriptions/postgres.ts';
import { Decider, readEvent } from './decider.ts';
import { PlayedLookups } from './lookups.fixture.ts';
import { PlayedProviders } from './notifications.fixture.ts';
import { Receipts } from './receipts.ts';
import { Sender } from './sender.ts';

/** `CONFAB_SEQUENCES=10000` plays so many; they are played side by side, so that the batches of the pipeline mix them. */
const sequences = Number(process.env['CONFAB_SEQUENCES'] ?? 250);
const together = 250;
const rounds = 8;

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

/** What must be sent, in few words: the rule of the notes, one person at a time. */
class Model {
  readonly people: readonly string[];
  readonly kind: 'direct' | 'group' | 'channel';
  readonly sent: string[] = [];
  readonly state = new Map<string, { read: number; muted: boolean; mutedUntil: number; active: boolean; dnd: boolean; isIn: boolean }>();
  readonly deleted = new Set<string>();
  #waiting: { eventId: string; seq: number; userId: string; dueAt: number }[] = [];

  constructor(people: readonly string[], kind: Model['kind']) {
    [this.people, this.kind] = [people, kind];
    for (const userId of people) this.state.set(userId, { read: 0, muted: false, mutedUntil: 0, active: false, dnd: false, isIn: true });
  }

  says(senderId: string, message: { eventId: string; seq: number; mentions: readonly string[] }, now: number): void {
    for (const [userId, person] of this.state) {
      const isCalled = this.kind !== 'channel' || message.mentions.includes(userId);
      const isHeld = userId === senderId || !person.isIn || person.muted || person.mutedUntil > now || person.dnd;
      if (isCalled && !isHeld) this.#waiting.push({ ...message, userId, dueAt: now + (person.active ? 15_000 : 0) });
    }
  }

  sends(now: number): void {
    for (const { eventId, seq, userId, dueAt } of this.#waiting) {
      const person = this.state.get(userId);
      if (dueAt > now || !person) continue;
      const isLeft = person.isIn && person.read < seq && !person.muted && person.mutedUntil <= now && !this.deleted.has(eventId);
      if (isLeft) this.sent.push(`${eventId}:${userId}`);
    }
    this.#waiting = this.#waiting.filter(({ dueAt }) => dueAt > now);
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below) | 0;
  };
}

let now = Date.parse('2026-01-31T12:00:00.000Z');
const clock: Clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };

function open() {
  const [lookups, providers] = [new PlayedLookups(), new PlayedProviders()];
  const counter = { add: () => undefined };
  const stores = {
    inbox: new PostgresInbox(database),
    subscriptions: new PostgresSubscriptions(database),
    entries: new PostgresEntries(database),
    rules: new PostgresRules(database),
    deliveries: new PostgresDeliveries(database),
  };
  const parts = { ...stores, lookups, clock, logger: silentLogger, receipts: new Receipts('a secret of the team that is long enough') };
  const [channel] = providers.channels.push;
  if (!channel) throw new Error('a push channel is played');
  const decider = new Decider({ ...parts, decided: counter, channelsOn: () => new Set(['push'] as const) });
  return { ...stores, lookups, providers, decider, sender: new Sender({ ...parts, answered: counter, cancelled: counter }, channel) };
}
type Opened = ReturnType<typeof open>;

interface Play {
  readonly model: Model;
  readonly conversationId: string;
  readonly random: (below: number) => number;
  readonly messages: string[];
}

async function begin({ lookups, subscriptions }: Opened, seed: number): Promise<Play> {
  const random = randomFrom(seed);
  const kind = (['direct', 'group', 'channel'] as const)[random(3)] ?? 'group';
  const people = Array.from({ length: kind === 'direct' ? 2 : 3 }, () => newId());
  const conversationId = newId();
  lookups.opens(conversationId, kind, people);
  for (const userId of people) {
    const target = { kind: 'webpush' as const, endpoint: `https://push.example.net/${userId}`, p256dh: 'B', auth: 'a' };
    const device = { id: newId(), userId, sessionId: newId(), target, device: 'Phone', language: null };
    await subscriptions.put(device, { now: clock.timestamp(), atMost: 20 });
  }
  return { model: new Model(people, kind), conversationId, random, messages: [] };
}

/** One step of one sequence, in the app and in the model. */
async function act({ lookups, inbox, entries, rules }: Opened, play: Play): Promise<void> {
  const { model, conversationId, random, messages } = play;
  const userId = model.people[random(model.people.length)] ?? '';
  const person = model.state.get(userId);
  const member = lookups.member(conversationId, userId);
  if (!person?.isIn || !member) return;
  const what = random(10);
  if (what < 4) {
    const eventId = newId();
    messages.push(eventId);
    const seq = messages.length;
    const mentions = model.people.filter(() => random(2) === 0);
    [person.read, member.lastReadSeq] = [seq, seq];
    lookups.says(eventId, userId);
    const message = { kind: 'message' as const, eventId, conversationId, seq, senderId: userId, mentions };
    const rest = { text: 'Hello', attachmentName: null, replyTo: null, threadRootId: null, createdAt: clock.timestamp() };
    await inbox.add([{ ...message, ...rest }], clock.timestamp());
    model.says(userId, message, now);
  } else if (what === 4) {
    [person.read, member.lastReadSeq] = [messages.length, messages.length];
    // The event of it may come late: the sender looks by itself.
    if (random(2) === 0) await entries.read([{ userId, conversationId, seq: messages.length }], clock.timestamp(), readEvent);
  } else if (what === 5) member.muted = person.muted = !person.muted;
  else if (what === 6) {
    person.mutedUntil = now + random(30_000);
    const rule = { mutedUntil: new Date(person.mutedUntil).toISOString() };
    await rules.set(userId, conversationId, rule, (after) => ({ event: ruleChanged, payload: { userId, rule: after } }));
  } else if (what === 7) {
    person.active = !person.active;
    if (person.active) lookups.active.add(userId);
    else lookups.active.delete(userId);
  } else if (what === 8) {
    person.dnd = !person.dnd;
    if (person.dnd) lookups.dnd.add(userId);
    else lookups.dnd.delete(userId);
  } else if (random(2) === 0 && messages.length > 0) {
    const eventId = messages[random(messages.length)] ?? '';
    model.deleted.add(eventId);
    lookups.deletes(eventId);
    if (random(2) === 0) await entries.rewrite(eventId, '', clock.timestamp());
  } else {
    person.isIn = false;
    lookups.leaves(conversationId, userId);
  }
}

const drained = async (step: () => Promise<number>): Promise<void> => {
  while ((await step()) > 0);
};

test(
  'whatever people say, read, mute, leave and delete, each device gets what the rule says, once',
  async () => {
    for (let seed = 0; seed < sequences; seed += together) {
      const opened = open();
      const plays = await Promise.all(
        Array.from({ length: Math.min(together, sequences - seed) }, (_none, index) => begin(opened, seed + index)),
      );
      for (let round = 0; round <= rounds; round++) {
        if (round < rounds) await Promise.all(plays.map((play) => act(opened, play)));
        await drained(() => opened.decider.step());
        await drained(() => opened.sender.step());
        for (const { model } of plays) model.sends(now);
        now += round === rounds - 1 ? 20_000 : 1_000 + ((seed + round * 7) % 9) * 1_000;
      }
      const sent = opened.providers.notes.map(({ target, note }) => {
        return `${note.eventId}:${target.kind === 'webpush' ? (target.endpoint.split('/').at(-1) ?? '') : ''}`;
      });
      expect(sent.length).toBeGreaterThan(plays.length / 2);
      expect(sent.sort()).toEqual(plays.flatMap(({ model }) => model.sent).sort());
    }
  },
  60_000 + sequences * 100,
);
