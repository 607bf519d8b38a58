import type { Database, Row } from '../../../../kernel/database.ts';
import type { AvatarStore, AvatarSubject, Square } from '../../ports.ts';

/** Pictures that a person made and gave to nobody: older ones go. */
const unusedAtMost = 5;

/** In `media.avatars` and `media.avatar_squares`. */
export class PostgresAvatars implements AvatarStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add({ id, token, madeBy }: Parameters<AvatarStore['add']>[0], squares: readonly Square[]): Promise<void> {
    await this.#database.query(
      `WITH avatar AS (INSERT INTO media.avatars (id, token, made_by) VALUES ($1, $2, $3) RETURNING id)
       INSERT INTO media.avatar_squares (avatar_id, edge, bytes)
       SELECT avatar.id, s.edge, decode(s.bytes, 'base64') FROM avatar, unnest($4::int[], $5::text[]) AS s(edge, bytes)`,
      [id, token, madeBy, squares.map(({ edge }) => edge), squares.map(({ bytes }) => Buffer.from(bytes).toString('base64'))],
      'media.addAvatar',
    );
    await this.#database.query(
      `DELETE FROM media.avatars WHERE id IN (
         SELECT id FROM media.avatars WHERE made_by = $1 AND kind IS NULL ORDER BY made_at DESC, id DESC OFFSET $2)`,
      [madeBy, unusedAtMost],
      'media.removeOlderAvatars',
    );
  }

  async give(id: string, madeBy: string, { kind, id: subjectId }: AvatarSubject): Promise<string | null> {
    const [row] = await this.#database.query<{ token: string } & Row>(
      `UPDATE media.avatars SET kind = $3, subject_id = $4, given_at = COALESCE(given_at, clock_timestamp())
       WHERE id = $1 AND made_by = $2 AND (kind IS NULL OR (kind = $3 AND subject_id = $4)) RETURNING token`,
      [id, madeBy, kind, subjectId],
      'media.giveAvatar',
    );
    return row?.token ?? null;
  }

  async takeBack(id: string): Promise<void> {
    await this.#database.query(
      'UPDATE media.avatars SET kind = NULL, subject_id = NULL, given_at = NULL WHERE id = $1 AND set_at IS NULL',
      [id],
      'media.takeBackAvatar',
    );
  }

  async read(token: string, edge: number): Promise<Uint8Array | null> {
    const [row] = await this.#database.query<{ bytes: string } & Row>(
      `SELECT encode(s.bytes, 'base64') AS bytes FROM media.avatars a JOIN media.avatar_squares s ON s.avatar_id = a.id
       WHERE a.token = $1 AND a.kind IS NOT NULL AND s.edge = $2`,
      [token, edge],
      'media.readAvatar',
    );
    return row ? Buffer.from(row.bytes, 'base64') : null;
  }

  async settle({ kind, id }: AvatarSubject, { setId, currentToken }: Parameters<AvatarStore['settle']>[1]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.query('UPDATE media.avatars SET set_at = now() WHERE id = $1', [setId], 'media.markAvatar');
      // Not those that were given later than what is taken for the current one: another call is about to set one of them.
      await tx.query(
        `DELETE FROM media.avatars WHERE kind = $1 AND subject_id = $2 AND token IS DISTINCT FROM $3
           AND given_at < COALESCE((SELECT given_at FROM media.avatars WHERE token = $3), now())
           AND (set_at IS NOT NULL OR given_at < now() - interval '1 hour')`,
        [kind, id, currentToken],
        'media.settleAvatars',
      );
    });
  }

  async removeOf({ kind, id }: AvatarSubject): Promise<void> {
    await this.#database.query('DELETE FROM media.avatars WHERE kind = $1 AND subject_id = $2', [kind, id], 'media.removeAvatarsOf');
  }

  async removeUnusedOf(madeBy: string): Promise<void> {
    await this.#database.query('DELETE FROM media.avatars WHERE kind IS NULL AND made_by = $1', [madeBy], 'media.removeUnusedAvatarsOf');
  }

  async removeUnused(madeBefore: string): Promise<number> {
    const rows = await this.#database.query(
      'DELETE FROM media.avatars WHERE kind IS NULL AND made_at < $1 RETURNING id',
      [madeBefore],
      'media.removeUnusedAvatars',
    );
    return rows.length;
  }
}
