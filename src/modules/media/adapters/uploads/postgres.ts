import type { Database, Row } from '../../../../kernel/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Quotas, StoredFile, StoredPart, StoredUpload, UploadStore } from '../../ports.ts';
import { addFile, requireQuotas } from '../files/add-file.ts';

interface UploadRow extends Row {
  id: string;
  owner_id: string;
  name: string;
  declared_type: string;
  size: number;
  received: number;
  parts: number;
  changed_at: string;
}

/** Of one person. What was left behind goes after a day. */
const mostUnderWay = 200;

/** In `media.uploads` and `media.upload_parts`: every node can go on with every upload. */
export class PostgresUploads implements UploadStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  create({ id, ownerId, name, declaredType, size }: Parameters<UploadStore['create']>[0], quotas: Quotas): Promise<void> {
    return this.#database.transaction(async (tx) => {
      await tx.query(
        'INSERT INTO media.uploads (id, owner_id, name, declared_type, size) VALUES ($1, $2, $3, $4, $5)',
        [id, ownerId, name, declaredType, size],
        'media.addUpload',
      );
      const [own] = await tx.query<{ count: number }>('SELECT count(*) AS count FROM media.uploads WHERE owner_id = $1', [ownerId]);
      if ((own?.count ?? 0) > mostUnderWay)
        throw new AppError('conflict', {
          detail: `You have ${String(mostUnderWay)} uploads that have not ended: end or cancel some of them.`,
        });
      await requireQuotas(tx, ownerId, quotas);
    });
  }

  async find(uploadId: string): Promise<StoredUpload | null> {
    const [row] = await this.#database.query<UploadRow>(
      `SELECT id, owner_id, name, declared_type, size, received, changed_at,
              (SELECT count(*) FROM media.upload_parts WHERE upload_id = u.id) AS parts
       FROM media.uploads u WHERE id = $1`,
      [uploadId],
      'media.findUpload',
    );
    return row ? uploadOf(row) : null;
  }

  addParts(uploadId: string, parts: readonly StoredPart[]): Promise<boolean> {
    const start = parts[0]?.start ?? 0;
    const end = parts.reduce((sum, { size }) => sum + size, start);
    return this.#database.transaction(async (tx) => {
      // Of two that append at one place the second one waits here, and finds it taken.
      const moved = await tx.query(
        'UPDATE media.uploads SET received = $3, changed_at = now() WHERE id = $1 AND received = $2 RETURNING id',
        [uploadId, start, end],
        'media.moveUpload',
      );
      if (moved.length === 0) return false;
      await tx.query(
        `INSERT INTO media.upload_parts (upload_id, start, size, key)
         SELECT $1, start, size, key FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS p(start, size, key)`,
        [uploadId, parts.map((part) => part.start), parts.map(({ size }) => size), parts.map(({ blobKey }) => blobKey)],
        'media.addParts',
      );
      return true;
    });
  }

  async parts(uploadId: string): Promise<readonly StoredPart[]> {
    const rows = await this.#database.query<{ start: number; size: number; key: string }>(
      'SELECT start, size, key FROM media.upload_parts WHERE upload_id = $1 ORDER BY start',
      [uploadId],
      'media.partsOfUpload',
    );
    return rows.map(({ start, size, key }) => ({ start, size, blobKey: key }));
  }

  finish(file: StoredFile, quotas: Quotas): Promise<StoredFile | null> {
    return this.#database.transaction(async (tx) => {
      const ended = await tx.query('DELETE FROM media.uploads WHERE id = $1 RETURNING id', [file.id], 'media.endUpload');
      return ended.length === 0 ? null : addFile(tx, file, quotas);
    });
  }

  remove(uploadId: string): Promise<readonly string[] | null> {
    return this.#database.transaction(async (tx) => {
      // Whoever appends waits until the upload is gone, so that no part is missed.
      const found = await tx.query('SELECT FROM media.uploads WHERE id = $1 FOR UPDATE', [uploadId]);
      if (found.length === 0) return null;
      const parts = await tx.query<{ key: string }>('DELETE FROM media.upload_parts WHERE upload_id = $1 RETURNING key', [uploadId]);
      await tx.query('DELETE FROM media.uploads WHERE id = $1', [uploadId]);
      return parts.map(({ key }) => key);
    });
  }

  async unchangedSince(time: string, limit: number): Promise<readonly string[]> {
    const rows = await this.#database.query<{ id: string }>(
      'SELECT id FROM media.uploads WHERE changed_at < $1 ORDER BY changed_at LIMIT $2',
      [time, limit],
    );
    return rows.map(({ id }) => id);
  }

  async begunBefore(time: string, ownerId: string): Promise<readonly string[]> {
    const rows = await this.#database.query<{ id: string }>(
      'SELECT id FROM media.uploads WHERE owner_id = $2 AND created_at < $1',
      [time, ownerId],
      'media.uploadsBegunBefore',
    );
    return rows.map(({ id }) => id);
  }
}

const uploadOf = (row: UploadRow): StoredUpload => ({
  id: row.id,
  ownerId: row.owner_id,
  name: row.name,
  declaredType: row.declared_type,
  size: row.size,
  received: row.received,
  partCount: row.parts,
  changedAt: Date.parse(row.changed_at),
});
