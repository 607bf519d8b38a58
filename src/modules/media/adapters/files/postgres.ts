import type { Database, Row, Transaction } from '../../../../kernel/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { FileStore, Quotas, StoredFile } from '../../ports.ts';

interface FileRow extends Row {
  id: string;
  owner_id: string;
  name: string;
  mime_type: string;
  size: number;
  sha256: string;
  key: string;
}

/** In `media.files`; the bytes of several files lie once, in `media.blobs`. */
export class PostgresFiles implements FileStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(file: StoredFile, quotas: Quotas): Promise<StoredFile> {
    return this.#database.transaction(async (tx) => {
      // The update holds the row until the file is there: what removes unused bytes waits, and finds them used.
      const [blob] = await tx.query<{ key: string }>(
        `INSERT INTO media.blobs (sha256, key, size) VALUES ($1, $2, $3)
         ON CONFLICT (sha256) DO UPDATE SET size = excluded.size RETURNING key`,
        [file.sha256, file.blobKey, file.size],
        'media.addBlob',
      );
      await tx.query(
        'INSERT INTO media.files (id, owner_id, sha256, name, mime_type, size) VALUES ($1, $2, $3, $4, $5, $6)',
        [file.id, file.ownerId, file.sha256, file.name, file.mimeType, file.size],
        'media.addFile',
      );
      await requireQuotas(tx, file.ownerId, quotas);
      return { ...file, blobKey: blob?.key ?? file.blobKey };
    });
  }

  async find(fileId: string): Promise<StoredFile | null> {
    const [row] = await this.#database.query<FileRow>(
      `SELECT f.id, f.owner_id, f.name, f.mime_type, f.size, f.sha256, b.key
       FROM media.files f JOIN media.blobs b USING (sha256) WHERE f.id = $1`,
      [fileId],
      'media.findFile',
    );
    return row ? fileOf(row) : null;
  }

  async addedBefore(time: string, { after, limit }: { after: string | null; limit: number }): Promise<readonly string[]> {
    const rows = await this.#database.query<{ id: string }>(
      'SELECT id::text FROM media.files WHERE created_at < $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY media.files.id LIMIT $3',
      [time, after, limit],
      'media.filesAddedBefore',
    );
    return rows.map(({ id }) => id);
  }

  remove(fileIds: readonly string[]): Promise<readonly string[]> {
    return this.#database.transaction(async (tx) => {
      const removed = await tx.query<{ sha256: string }>('DELETE FROM media.files WHERE id = ANY ($1::uuid[]) RETURNING sha256', [fileIds]);
      const digests = [...new Set(removed.map(({ sha256 }) => sha256))];
      // A statement of its own: the next one then sees a file that an upload has added meanwhile.
      await tx.query('SELECT FROM media.blobs WHERE sha256 = ANY ($1) ORDER BY sha256 FOR UPDATE', [digests]);
      const unused = await tx.query<{ key: string }>(
        `DELETE FROM media.blobs b WHERE sha256 = ANY ($1) AND NOT EXISTS (SELECT FROM media.files f WHERE f.sha256 = b.sha256) RETURNING key`,
        [digests],
      );
      return unused.map(({ key }) => key);
    });
  }

  async unknown(blobKeys: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#database.query<{ key: string }>(
      'SELECT key FROM unnest($1::text[]) AS k(key) WHERE NOT EXISTS (SELECT FROM media.blobs b WHERE b.key = k.key)',
      [blobKeys],
    );
    return rows.map(({ key }) => key);
  }
}

const fileOf = (row: FileRow): StoredFile => ({
  id: row.id,
  ownerId: row.owner_id,
  name: row.name,
  mimeType: row.mime_type,
  size: row.size,
  sha256: row.sha256,
  blobKey: row.key,
});

/** With the file that was just added. Uploads take turns here, so that several at once do not exceed together what each alone does not. */
async function requireQuotas(tx: Transaction, ownerId: string, { personQuotaBytes, teamQuotaBytes }: Quotas): Promise<void> {
  if (personQuotaBytes === null && teamQuotaBytes === null) return;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('media.quotas', 0))`);
  const [used] = await tx.query<{ person: number; team: number }>(
    `SELECT (SELECT coalesce(sum(size), 0)::bigint FROM media.files WHERE owner_id = $1) AS person,
            (SELECT coalesce(sum(size), 0)::bigint FROM media.blobs) AS team`,
    [ownerId],
    'media.usedBytes',
  );
  const { person = 0, team = 0 } = used ?? {};
  if (personQuotaBytes !== null && person > personQuotaBytes) throw exceeded('Your files', personQuotaBytes);
  if (teamQuotaBytes !== null && team > teamQuotaBytes) throw exceeded('The files of the team', teamQuotaBytes);
}

const exceeded = (whose: string, quota: number): AppError =>
  new AppError('quota_exceeded', { detail: `${whose} may take ${String(quota)} bytes in all; this one would exceed it.` });
