import type { ConversationHead, MemberRole } from '../../../contracts/chat/entities.ts';
import type { Queryable } from '../../../kernel/database/database.ts';
import { notFound } from '../../../kernel/errors.ts';

/** Who may do what in a conversation, as of `membersRev`. */
export interface Membership {
  readonly membersRev: number;
  readonly kind: ConversationHead['kind'];
  readonly visibility: ConversationHead['visibility'];
  readonly roles: ReadonlyMap<string, MemberRole>;
}

const keptAtMost = 5_000;

/** Memberships in memory, so that a send asks the database nothing; the write itself checks that they still hold. */
export class Memberships {
  readonly #database: Queryable;
  readonly #known = new Map<string, Promise<Membership | null>>();

  constructor(database: Queryable) {
    this.#database = database;
  }

  forget(conversationId: string): void {
    this.#known.delete(conversationId);
  }

  /** The membership under which this person may act; an unknown conversation and another's answer alike. */
  async require(conversationId: string, userId: string): Promise<Membership> {
    const known = await this.#read(conversationId);
    if (known?.roles.has(userId)) return known;
    this.forget(conversationId);
    const fresh = await this.#read(conversationId);
    if (!fresh?.roles.has(userId)) throw notFound();
    return fresh;
  }

  #read(conversationId: string): Promise<Membership | null> {
    const known = this.#known.get(conversationId);
    if (known) return known;
    const reading = this.#load(conversationId);
    this.#known.set(conversationId, reading);
    if (this.#known.size > keptAtMost) this.#known.delete(this.#known.keys().next().value ?? '');
    reading.catch(() => {
      this.forget(conversationId);
    });
    return reading;
  }

  async #load(conversationId: string): Promise<Membership | null> {
    const [row] = await this.#database.query<{
      members_rev: number;
      kind: Membership['kind'];
      visibility: Membership['visibility'];
      members: Record<string, MemberRole> | null;
    }>(
      `SELECT c.members_rev, c.kind, c.visibility, (SELECT jsonb_object_agg(m.user_id, m.role) FROM chat.members m WHERE m.conversation_id = c.id) AS members
       FROM chat.conversations c WHERE c.id = $1`,
      [conversationId],
      'chat.membership',
    );
    return row
      ? { membersRev: row.members_rev, kind: row.kind, visibility: row.visibility, roles: new Map(Object.entries(row.members ?? {})) }
      : null;
  }
}
