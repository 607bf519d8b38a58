import type { Conversations, Lookups, Person } from './lookups.ts';
import { defaultUserSettings } from '../../contracts/user-setting-values.ts';
import type { NotificationPreferences } from '../../contracts/notifications/preferences.ts';
import { preferencesOf } from './present.ts';

interface PlayedConversation {
  readonly kind: 'direct' | 'group' | 'channel';
  readonly name: string | null;
  readonly members: Map<string, { userId: string; joinedAt: string; lastReadSeq: number; muted: boolean }>;
}

/** What other modules know, as a test says it. */
export class PlayedLookups implements Lookups {
  readonly #conversations = new Map<string, PlayedConversation>();
  readonly #messages = new Map<string, { senderId: string; deleted: boolean }>();
  readonly #preferences = new Map<string, NotificationPreferences>();
  readonly active = new Set<string>();
  readonly dnd = new Set<string>();
  readonly adminIds: string[] = [];
  /** The other modules cannot be asked. */
  isAway = false;

  opens(conversationId: string, kind: PlayedConversation['kind'], userIds: readonly string[]): void {
    const members = userIds.map(
      (userId) => [userId, { userId, joinedAt: '2026-01-01T00:00:00.000Z', lastReadSeq: 0, muted: false }] as const,
    );
    this.#conversations.set(conversationId, { kind, name: kind === 'direct' ? null : 'Lunch', members: new Map(members) });
    for (const userId of userIds) this.prefers(userId, {});
  }

  says(messageId: string, senderId: string): void {
    this.#messages.set(messageId, { senderId, deleted: false });
  }

  deletes(messageId: string): void {
    const message = this.#messages.get(messageId);
    if (message) message.deleted = true;
  }

  prefers(userId: string, preferences: Partial<NotificationPreferences>): void {
    this.#preferences.set(userId, { ...(this.#preferences.get(userId) ?? preferencesOf(defaultUserSettings)), ...preferences });
  }

  member(conversationId: string, userId: string) {
    return this.#conversations.get(conversationId)?.members.get(userId);
  }

  leaves(conversationId: string, userId: string): void {
    this.#conversations.get(conversationId)?.members.delete(userId);
  }

  conversations({ conversationIds, userIds, messageIds = [] }: Parameters<Lookups['conversations']>[0]): Promise<Conversations> {
    if (this.isAway) return Promise.reject(new Error('away'));
    const byId = [...new Set(conversationIds)].flatMap((id) => {
      const found = this.#conversations.get(id);
      if (!found) return [];
      const members = [...found.members].filter(([userId]) => userIds?.includes(userId) ?? true);
      return [[id, { ...found, members: new Map(members.map(([userId, member]) => [userId, { ...member }])) }] as const];
    });
    const messages = messageIds.flatMap((id) => {
      const found = this.#messages.get(id);
      return found ? [[id, { ...found }] as const] : [];
    });
    return Promise.resolve({ byId: new Map(byId), messages: new Map(messages), threads: new Map() });
  }

  people(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = userIds.flatMap((userId) => {
      const preferences = this.#preferences.get(userId);
      const named = { displayName: 'Ana', avatarUrl: null, email: `${userId}@example.org`, language: null };
      return preferences ? [[userId, { userId, ...named, preferences }] as const] : [];
    });
    return Promise.resolve(new Map(found));
  }

  activity(userIds: readonly string[]): ReturnType<Lookups['activity']> {
    return Promise.resolve(new Map(userIds.map((userId) => [userId, { isActive: this.active.has(userId), isDnd: this.dnd.has(userId) }])));
  }

  admins(): Promise<readonly string[]> {
    return Promise.resolve(this.adminIds);
  }

  openSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(sessionIds));
  }
}
