import { readAdmins, readRecipients as readPeople } from '../../contracts/auth/accounts.ts';
import { readSessions } from '../../contracts/auth/sessions.ts';
import { readRecipients as readMembers, type RecipientsOf } from '../../contracts/chat/recipients.ts';
import type { NotificationPreferences } from '../../contracts/notifications/preferences.ts';
import { readActivity } from '../../contracts/presence/statuses.ts';
import { userSettingsFrom } from '../../contracts/user-setting-values.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { systemContext } from '../../kernel/context.ts';
import type { Language } from './ports.ts';
import { preferencesOf } from './present.ts';

/** A person as notifications see them. */
export interface Person {
  readonly userId: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly email: string;
  readonly preferences: NotificationPreferences;
  /** Null: that of the device. */
  readonly language: Language | null;
}

export interface Conversations {
  readonly byId: ReadonlyMap<string, KnownConversation>;
  readonly messages: ReadonlyMap<string, { readonly senderId: string; readonly deleted: boolean }>;
  readonly threads: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface KnownConversation extends Pick<RecipientsOf, 'kind' | 'name'> {
  readonly members: ReadonlyMap<string, RecipientsOf['members'][number]>;
}

/** What other modules know, asked for many at once: one call of each, however many people there are. */
export interface Lookups {
  conversations(asked: {
    readonly conversationIds: readonly string[];
    readonly userIds?: readonly string[];
    readonly messageIds?: readonly string[];
    readonly threadRootIds?: readonly string[];
  }): Promise<Conversations>;
  /** Those with an open account. */
  people(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Whether a device of theirs is connected and they are not away, and whether they want not to be disturbed. */
  activity(userIds: readonly string[]): Promise<ReadonlyMap<string, { readonly isActive: boolean; readonly isDnd: boolean }>>;
  /** Active owners and admins. */
  admins(): Promise<readonly string[]>;
  /** Those of these sessions that are open. */
  openSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>>;
}

const together = 5_000;

export class BusLookups implements Lookups {
  readonly #bus: BusCaller;

  constructor(bus: BusCaller) {
    this.#bus = bus;
  }

  async conversations(asked: Parameters<Lookups['conversations']>[0]): Promise<Conversations> {
    const { conversationIds, userIds, messageIds = [], threadRootIds = [] } = asked;
    if (conversationIds.length === 0) return { byId: new Map(), messages: new Map(), threads: new Map() };
    const input = { conversationIds: distinct(conversationIds), messageIds: distinct(messageIds), threadRootIds: distinct(threadRootIds) };
    const among = userIds ? { userIds: distinct(userIds) } : {};
    const found = await this.#bus.call(readMembers, { ...input, ...among }, systemContext());
    return {
      byId: new Map(
        found.conversations.map(({ conversationId, kind, name, members }) => [
          conversationId,
          { kind, name, members: new Map(members.map((member) => [member.userId, member])) },
        ]),
      ),
      messages: new Map(found.messages.map((message) => [message.id, message])),
      threads: new Map(Object.entries(found.threads).map(([id, writers]) => [id, new Set(writers)])),
    };
  }

  async people(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const items = await inPortions(distinct(userIds), async (portion) => {
      return (await this.#bus.call(readPeople, { userIds: portion }, systemContext())).items;
    });
    return new Map(items.map(({ user, email, settings }) => [user.id, personOf(user, email, settings)]));
  }

  async activity(userIds: readonly string[]): ReturnType<Lookups['activity']> {
    const items = await inPortions(distinct(userIds), async (portion) => {
      return (await this.#bus.call(readActivity, { userIds: portion }, systemContext())).items;
    });
    return new Map(items.map(({ userId, online, chosen }) => [userId, { isActive: online && chosen !== 'away', isDnd: chosen === 'dnd' }]));
  }

  async admins(): Promise<readonly string[]> {
    return (await this.#bus.call(readAdmins, {}, systemContext())).userIds;
  }

  async openSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    const items = await inPortions(distinct(sessionIds), async (portion) => {
      return (await this.#bus.call(readSessions, { sessionIds: portion }, systemContext())).items;
    });
    return new Set(items.flatMap((session) => (session === null ? [] : [session.sessionId])));
  }
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

async function inPortions<T>(ids: readonly string[], read: (portion: string[]) => Promise<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += together) found.push(...(await read(ids.slice(at, at + together))));
  return found;
}

function personOf(
  { id, displayName, avatarUrl }: { id: string; displayName: string; avatarUrl: string | null },
  email: string,
  chosen: Readonly<Record<string, unknown>>,
): Person {
  const settings = userSettingsFrom(chosen);
  const language = settings['appearance.language'];
  return {
    userId: id,
    displayName,
    avatarUrl,
    email,
    preferences: preferencesOf(settings),
    language: language === 'system' ? null : language,
  };
}
