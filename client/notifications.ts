import { listNotifications, readNotifications } from '../src/contracts/notifications/notifications.ts';
import { getPreferences } from '../src/contracts/notifications/preferences.ts';
import { setConversationRule, type ConversationRule } from '../src/contracts/notifications/rules.ts';
import type { Client, NotificationsHandle } from './client.ts';
import type { Events } from './events.ts';
import { OptimisticUpdates } from './optimistic-updates.ts';
import { Cell } from './readable.ts';
import type { EventSinks } from './wire-events.ts';

export interface NotificationsParts {
  readonly call: Client['call'];
  readonly events: Pick<Events, 'emit'>;
}

type Rules = ReadonlyMap<string, ConversationRule>;

/** What notifies the person who is signed in, and how much of it they have not read. */
export class NotificationsOfDevice implements NotificationsHandle {
  readonly unread = new Cell<number | null>(null);
  readonly rules = new Cell<Rules>(new Map());
  readonly #parts: NotificationsParts;
  readonly #updates: OptimisticUpdates<ConversationRule>;
  #known: Rules = new Map();
  /** Counts the people who signed in here, and the events since: an answer that is older than either is not taken. */
  #turn = 0;
  #changes = 0;

  constructor(parts: NotificationsParts) {
    this.#parts = parts;
    this.#updates = new OptimisticUpdates(() => {
      this.#publish();
    });
  }

  readonly read: NotificationsHandle['read'] = async (which) => {
    const turn = this.#turn;
    const { unread } = await this.#parts.call(readNotifications, which);
    if (turn === this.#turn) this.unread.set(unread);
  };

  readonly setRule: NotificationsHandle['setRule'] = async (conversationId, change) => {
    const turn = this.#turn;
    const now = this.rules.get().get(conversationId) ?? noRule(conversationId);
    await this.#updates.request(conversationId, { ...now, ...change }, async (wanted) => {
      const rule = await this.#parts.call(setConversationRule, wanted);
      if (turn === this.#turn) this.ruleChanged({ rule });
    });
  };

  /** Another person, or nobody. */
  begin(): void {
    this.#turn++;
    this.#updates.forget();
    this.#known = new Map();
    this.unread.set(null);
    this.#publish();
  }

  /** The connection is back: what was missed meanwhile is read. Where that fails, it is read on the next one. */
  resume(): void {
    const turn = this.#turn;
    const changes = this.#changes;
    const isLate = (): boolean => turn !== this.#turn || changes !== this.#changes;
    const { call } = this.#parts;
    call(listNotifications, { limit: 1 }).then(
      ({ unread }) => {
        if (!isLate()) this.unread.set(unread);
      },
      () => undefined,
    );
    call(getPreferences, {}).then(
      ({ conversations }) => {
        if (turn !== this.#turn) return;
        this.#known = new Map(conversations.map((rule) => [rule.conversationId, rule]));
        this.#publish();
      },
      () => undefined,
    );
  }

  /** What receives the events of the server. */
  get sinks(): Pick<EventSinks, 'notified' | 'notificationsRead' | 'ruleChanged'> {
    const { notified, notificationsRead, ruleChanged } = this;
    return { notified, notificationsRead, ruleChanged };
  }

  readonly notified: EventSinks['notified'] = ({ notification, unread }) => {
    this.#changes++;
    this.unread.set(unread);
    this.#parts.events.emit('notification', notification);
  };

  readonly notificationsRead: EventSinks['notificationsRead'] = (read) => {
    this.#changes++;
    this.unread.set(read.unread);
    this.#parts.events.emit('notifications-read', read);
  };

  readonly ruleChanged: EventSinks['ruleChanged'] = ({ rule }) => {
    this.#known = new Map(this.#known).set(rule.conversationId, rule);
    this.#publish();
  };

  #publish(): void {
    this.rules.set(new Map([...this.#known, ...this.#updates.all]));
  }
}

const noRule = (conversationId: string): ConversationRule => ({ conversationId, level: null, mutedUntil: null });
