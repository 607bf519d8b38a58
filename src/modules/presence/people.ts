import { type Connection, connectionLeaseMs } from '../../contracts/connections/connections.ts';
import type { ChosenStatus, Presence } from '../../contracts/presence/statuses.ts';
import { presenceChanged } from '../../contracts/presence/statuses.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { type Clock, minutes, seconds } from '../../kernel/clock.ts';
import { type Context, visiblePeople } from '../../kernel/context.ts';
import type { LeaseStore, StatusRecord, StatusStore } from './ports.ts';
import { looksAlike, presentPresence } from './present.ts';

interface PeopleParts {
  readonly leases: LeaseStore;
  readonly statuses: StatusStore;
  readonly bus: BusCaller;
  readonly clock: Clock;
}

/** How long a person stays online after their last socket closed: reloading a page does not make anybody offline. */
const lingerMs = seconds(2);
/** After a crash "last seen" is at most this much too early. */
const sightingEveryMs = minutes(1);

/** Who is online, and with which status. Watchers get a signal only when what they may see changes: for an invisible person there is none. */
export class People {
  readonly #parts: PeopleParts;
  readonly #sighted = new Map<string, number>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  async present(userIds: readonly string[]): Promise<Presence[]> {
    return (await this.#read(userIds)).map(({ presence }) => presence);
  }

  /** The same without those whom the actor may not see. */
  presentTo(context: Context, userIds: readonly string[]): Promise<Presence[]> {
    const visible = visiblePeople(context);
    return this.present(visible ? userIds.filter((userId) => visible.has(userId)) : userIds);
  }

  async choose(userId: string, choice: { chosen: ChosenStatus; text: string | null; until: string | null }): Promise<Presence> {
    const [before] = await this.present([userId]);
    const record = await this.#parts.statuses.choose({ userId, ...choice });
    const online = await this.#parts.leases.online([userId]);
    const presence = presentPresence(userId, record, online.has(userId));
    if (!before || !looksAlike(before, presence)) this.#parts.bus.signal(presenceChanged, presence);
    return presence;
  }

  async hold(connections: readonly Connection[]): Promise<void> {
    const now = this.#parts.clock.monotonic();
    const arrived = await this.#parts.leases.hold(connections, now + connectionLeaseMs);
    await this.#publish(arrived);
    const due = connections.map(({ userId }) => userId).filter((userId) => now - (this.#sighted.get(userId) ?? 0) >= sightingEveryMs);
    await this.#sight([...new Set(due)]);
  }

  async release(connections: readonly Connection[]): Promise<void> {
    await this.#parts.leases.release(connections, this.#parts.clock.monotonic() + lingerMs);
    await this.#sight([...new Set(connections.map(({ userId }) => userId))]);
  }

  /** Those whose last lease ended go offline; statuses whose time is over end. */
  async review(): Promise<void> {
    const { leases, statuses, clock } = this.#parts;
    const left = await leases.expire(clock.monotonic());
    for (const userId of left) this.#sighted.delete(userId);
    const ended = await statuses.endDue(clock.timestamp());
    await this.#publish(left);
    await this.#publishEnded(ended);
  }

  count(): Promise<number> {
    return this.#parts.leases.count();
  }

  /** Of each of these people, whatever others may see of them. */
  async activity(userIds: readonly string[]): Promise<{ userId: string; online: boolean; chosen: ChosenStatus }[]> {
    const found = await this.#read(userIds);
    return found.map(({ record, presence, isOnline }) => ({
      userId: presence.userId,
      online: isOnline,
      chosen: record?.chosen ?? 'online',
    }));
  }

  async #sight(userIds: readonly string[]): Promise<void> {
    const now = this.#parts.clock.monotonic();
    for (const userId of userIds) this.#sighted.set(userId, now);
    await this.#parts.statuses.seen(userIds, this.#parts.clock.timestamp());
  }

  async #publish(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    for (const { record, presence } of await this.#read(userIds))
      if (record?.chosen !== 'invisible') this.#parts.bus.signal(presenceChanged, presence);
  }

  /** Signals statuses that ended, where what is shown changes by it. */
  async #publishEnded(ended: readonly StatusRecord[]): Promise<void> {
    if (ended.length === 0) return;
    const before = new Map(ended.map((record) => [record.userId, record]));
    for (const { presence, isOnline } of await this.#read([...before.keys()])) {
      const shown = presentPresence(presence.userId, before.get(presence.userId), isOnline);
      if (!looksAlike(shown, presence)) this.#parts.bus.signal(presenceChanged, presence);
    }
  }

  async #read(userIds: readonly string[]): Promise<{ record: StatusRecord | undefined; presence: Presence; isOnline: boolean }[]> {
    const distinct = [...new Set(userIds)];
    const [records, online] = await Promise.all([this.#parts.statuses.read(distinct), this.#parts.leases.online(distinct)]);
    const byUser = new Map(records.map((record) => [record.userId, record]));
    return distinct.map((userId) => {
      const [record, isOnline] = [byUser.get(userId), online.has(userId)];
      return { record, isOnline, presence: presentPresence(userId, record, isOnline) };
    });
  }
}
