import { listNotifications } from '../src/contracts/notifications/notifications.ts';
import type { Notification } from '../src/contracts/notifications/notifications.ts';
import type { Client, NotificationsRead } from './client.ts';
import { asClientError, type ClientError } from './client-error.ts';
import { Cell } from './readable.ts';

export type NotificationFilter = 'all' | 'unread' | 'mentions';

export interface ListedNotifications {
  /** The newest first. */
  readonly items: readonly Notification[];
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: ClientError | null;
  readonly hasMore: boolean;
}

const pageLimit = 30;
const mentions: readonly Notification['cause'][] = ['mention', 'reply', 'thread', 'keyword'];

/** The entries of the centre that a filter lets through, as long as they are looked at: read again on each connection, and live. */
export class NotificationList {
  readonly state = new Cell<ListedNotifications>({ items: [], status: 'loading', failure: null, hasMore: false });
  readonly #client: Pick<Client, 'call' | 'on' | 'connection'>;
  readonly #filter: NotificationFilter;
  readonly #ends: (() => void)[];
  #cursor: string | null = null;
  /** Counts the readings: of several that are under way, the last one counts. */
  #reading = 0;
  /** What came while the newest page is read: it may be in it or not. */
  #fresh: readonly Notification[] = [];

  constructor(client: Pick<Client, 'call' | 'on' | 'connection'>, filter: NotificationFilter) {
    this.#client = client;
    this.#filter = filter;
    this.#ends = [
      client.on('notification', this.#created),
      client.on('notifications-read', this.#read),
      client.connection.subscribe(() => {
        if (client.connection.get().status === 'online') void this.load();
      }),
    ];
    void this.load();
  }

  /** Stops following; what it shows stays. */
  close(): void {
    this.#reading++;
    for (const end of this.#ends) end();
  }

  /** Reads the newest page; what is shown stays until it is there. */
  load(): Promise<void> {
    return this.#page(null);
  }

  /** Reads the page of what came before. */
  more(): Promise<void> {
    return this.#cursor === null ? Promise.resolve() : this.#page(this.#cursor);
  }

  async #page(cursor: string | null): Promise<void> {
    const reading = ++this.#reading;
    if (cursor === null) this.#fresh = [];
    this.#change({ status: 'loading', failure: null });
    try {
      const asked = { filter: this.#filter, limit: pageLimit, ...(cursor === null ? {} : { cursor }) };
      const { items, nextCursor } = await this.#client.call(listNotifications, asked);
      if (reading !== this.#reading) return;
      this.#cursor = nextCursor;
      const before = cursor === null ? this.#fresh : this.state.get().items;
      this.#change({ items: unique([...before, ...items]), status: 'ready', hasMore: nextCursor !== null });
    } catch (error) {
      if (reading === this.#reading) this.#change({ status: 'failed', failure: asClientError(error) });
    }
  }

  readonly #created = (notification: Notification): void => {
    if (this.#filter === 'mentions' && !mentions.includes(notification.cause)) return;
    this.#fresh = [notification, ...this.#fresh];
    const others = this.state.get().items.filter(({ id }) => id !== notification.id);
    this.#change({ items: [notification, ...others] });
  };

  /** An entry that was read stays under *unread* until the list is opened anew, so that nothing moves under the pointer. */
  readonly #read = (read: NotificationsRead): void => {
    const readAt = new Date().toISOString();
    const items = this.state.get().items.map((one) => (one.readAt === null && isAmongRead(one, read) ? { ...one, readAt } : one));
    this.#change({ items });
  };

  #change(change: Partial<ListedNotifications>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

/** Whether an entry is among those that were read. Ids are in the order of time. */
export function isAmongRead(
  one: Pick<Notification, 'id' | 'conversationId' | 'seq'>,
  { ids, conversationId, upToSeq, upToId }: NotificationsRead,
): boolean {
  if (ids !== null) return ids.includes(one.id);
  if (conversationId !== null && one.conversationId !== conversationId) return false;
  if (upToSeq !== null) return (one.seq ?? 0) <= upToSeq;
  return upToId === null || one.id <= upToId;
}

/** A page may hold what an event has brought before. */
const unique = (items: readonly Notification[]): readonly Notification[] => [...new Map(items.map((one) => [one.id, one])).values()];
