import { listPeople } from '../../contracts/chat/members.ts';
import { peopleChanged } from '../../contracts/connections/people.ts';
import type { Movement } from '../../contracts/define.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { seconds } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import { emitToClients } from './audience.ts';
import { Due, type Question } from './due-people.ts';
import type { FanOut } from './fan-out.ts';
import type { SocketConnection } from './socket-connection.ts';
import { conversationRoom, guestsRoom, type Rooms, userRoom, watchedIn, watchRoom } from './rooms.ts';

/** People whom a guest may no longer see are hidden within a second, so a module that answers later counts as one that does not answer. */
const answerWithinMs = seconds(1);
const idsPerFrame = 1_000;

interface Guest {
  readonly userId: string;
  people: Set<string>;
  /** Whether the devices of the person learn of the next answer: those that sign in ask by themselves. */
  isQuiet: boolean;
}

/**
 * Whom the guests of the team on this node may know of. It is read from the module that owns membership, again after each change that
 * concerns a guest, and kept beside the rooms: events about people and presence go by it. Where nobody is a guest it does nothing.
 */
export class Guests {
  readonly #bus: BusCaller;
  readonly #rooms: Rooms;
  readonly #fanOut: FanOut;
  readonly #guests = new Map<string, Guest>();
  readonly #due = new Due();
  #reading: Promise<void> | null = null;

  constructor({ bus, rooms, fanOut }: { bus: BusCaller; rooms: Rooms; fanOut: FanOut }) {
    this.#bus = bus;
    this.#rooms = rooms;
    this.#fanOut = fanOut;
  }

  /** Of a connection whose rooms are being read: settles when its person's people are known too. */
  async enter({ actor: { userId, role } }: SocketConnection): Promise<void> {
    if (role !== 'guest') return;
    // While its person had no other connection here, nothing was followed.
    this.#follow(userId, { isKept: this.#rooms.in(userRoom(userId)).size > 1, isQuiet: true });
    await this.read();
  }

  /** Begins with those who became guests, and ends with those who are none any more or have left; reads what is due. */
  async review(): Promise<void> {
    for (const { actor } of this.#rooms.in(guestsRoom)) this.#follow(actor.userId, { isKept: true, isQuiet: false });
    for (const userId of this.#guests.keys()) if (!this.#isHere(userId)) this.#forget(userId);
    await this.read();
  }

  /** What is known of every guest may be out of date. */
  async reread(): Promise<void> {
    for (const userId of this.#guests.keys()) this.#due.all(userId);
    await this.read();
  }

  /** After people came into a conversation or went. True when something is to be read. */
  moved({ userIds, conversationId, as }: Movement): boolean {
    if (this.#guests.size === 0) return false;
    const those = new Set(userIds);
    for (const { userId } of this.#guests.values()) {
      if (those.has(userId)) this.#due.all(userId, as === 'stranger');
      else if (this.#mayBeIn(userId, conversationId)) this.#due.some(userId, userIds);
    }
    return !this.#due.isEmpty;
  }

  /** Guests on this node who may know of this person. */
  *knowing(personId: string): Iterable<string> {
    for (const { userId, people } of this.#guests.values()) if (people.has(personId)) yield userId;
  }

  /** Those of these people whom this connection may watch. */
  visibleTo({ actor }: SocketConnection, userIds: readonly string[]): readonly string[] {
    if (actor.role !== 'guest') return userIds;
    const people = this.#guests.get(actor.userId)?.people;
    return userIds.filter((userId) => userId === actor.userId || people?.has(userId));
  }

  /** Reads what is due, one question after the other; what becomes due meanwhile too. */
  read(): Promise<void> {
    if (this.#due.isEmpty) return this.#reading ?? Promise.resolve();
    return (this.#reading ??= Promise.resolve().then(() => this.#readDue()));
  }

  async #readDue(): Promise<void> {
    try {
      for (let question = this.#due.next(); question; question = this.#due.next()) await this.#ask(question);
    } finally {
      this.#reading = null;
    }
  }

  async #ask(question: Question): Promise<void> {
    const userIds = [...question.userIds];
    const among = question.among ? { among: [...question.among] } : {};
    try {
      const { people } = await this.#bus.call(listPeople, { userIds, ...among }, systemContext('bus', answerWithinMs));
      for (const userId of userIds) this.#learn(userId, question, new Set(people[userId]));
    } catch (error) {
      for (const userId of question.closing) this.#learn(userId, question, new Set());
      this.#due.again(question);
      throw error;
    }
  }

  #learn(userId: string, { among }: Question, answered: ReadonlySet<string>): void {
    const guest = this.#guests.get(userId);
    if (!guest) return;
    const before = guest.people;
    guest.people = among ? new Set([...before].filter((id) => !among.has(id))) : new Set();
    for (const id of [userId, ...answered]) guest.people.add(id);
    this.#unwatch(guest);
    const added = [...guest.people].filter((id) => !before.has(id));
    if (!guest.isQuiet) this.#send(userId, { added, removed: [...before].filter((id) => !guest.people.has(id)) });
    guest.isQuiet = false;
  }

  /** Devices learn what changed; what they watched of those added begins when they subscribe again. */
  #send(userId: string, { added, removed }: { added: readonly string[]; removed: readonly string[] }): void {
    for (let at = 0; at < Math.max(added.length, removed.length); at += idsPerFrame) {
      const part = { added: added.slice(at, at + idsPerFrame), removed: removed.slice(at, at + idsPerFrame) };
      emitToClients(peopleChanged, { userId, ...part }, { fanOut: this.#fanOut, rooms: this.#rooms, guests: this });
    }
  }

  #unwatch({ userId, people }: Guest): void {
    for (const connection of this.#rooms.in(userRoom(userId)))
      for (const watched of watchedIn(connection.rooms)) if (!people.has(watched)) this.#rooms.leave(connection, watchRoom(watched));
  }

  #follow(userId: string, { isKept, isQuiet }: { isKept: boolean; isQuiet: boolean }): void {
    const known = this.#guests.get(userId);
    if (known && isKept) return;
    const guest = known ?? { userId, people: new Set([userId]), isQuiet };
    this.#guests.set(userId, guest);
    this.#due.all(userId);
    if (!known) this.#unwatch(guest);
  }

  #forget(userId: string): void {
    this.#guests.delete(userId);
    this.#due.drop(userId);
  }

  #isHere(userId: string): boolean {
    const [connection] = this.#rooms.in(userRoom(userId));
    return connection?.actor.role === 'guest';
  }

  /** A connection whose rooms are still being read may be in any conversation. */
  #mayBeIn(userId: string, conversationId: string): boolean {
    for (const connection of this.#rooms.in(userRoom(userId)))
      if (connection.lostWhileJoining !== null || connection.rooms.has(conversationRoom(conversationId))) return true;
    return false;
  }
}
