import type { Database, Row } from '../../../../kernel/database.ts';
import type { ExpectedBlob, FileStore, Quotas, StoredFile } from '../../ports.ts';
import { addFile } from './add-file.ts';
import { type FileRow, fileColumns, fileOf } from './rows.ts';

/** In `media.files`; the bytes of several files lie once, in `media.blobs`. */
export class PostgresFiles implements FileStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(file: StoredFile, quotas: Quotas): Promise<StoredFile> {
    return this.#database.transaction((tx) => addFile(tx, file, quotas));
  }

  async find(fileId: string): Promise<StoredFile | null> {
    const [row] = await this.#database.query<FileRow>(
      `SELECT ${fileColumns}
       FROM media.files f JOIN media.blobs b USING (sha256) WHERE f.id = $1`,
      [fileId],
      'media.findFile',
    );
    return row ? fileOf(row) : null;
  }

  async addedBefore(time: string, { after, limit, ownerId }: Parameters<FileStore['addedBefore']>[1]): Promise<readonly string[]> {
    const [whose, name] = ownerId === undefined ? ['', ''] : [' AND owner_id = $4', 'OfPerson'];
    const rows = await this.#database.query<{ id: string }>(
      `SELECT id::text FROM media.files WHERE created_at < $1 AND ($2::uuid IS NULL OR id > $2)${whose} ORDER BY media.files.id LIMIT $3`,
      [time, after, limit, ...(ownerId === undefined ? [] : [ownerId])],
      `media.filesAddedBefore${name}`,
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
        `WITH gone AS (DELETE FROM media.blobs b WHERE sha256 = ANY ($1) AND NOT EXISTS (SELECT FROM media.files f WHERE f.sha256 = b.sha256)
                       RETURNING sha256, key)
         SELECT key FROM gone UNION ALL SELECT p.key FROM media.previews p JOIN gone USING (sha256)`,
        [digests],
      );
      return unused.map(({ key }) => key);
    });
  }

  async unknown(blobKeys: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#database.query<{ key: string }>(
      `SELECT key FROM unnest($1::text[]) AS k(key) WHERE NOT EXISTS (SELECT FROM media.blobs b WHERE b.key = k.key)
         AND NOT EXISTS (SELECT FROM media.upload_parts p WHERE p.key = k.key)
         AND NOT EXISTS (SELECT FROM media.previews p WHERE p.key = k.key)`,
      [blobKeys],
    );
    return rows.map(({ key }) => key);
  }

  expected({ after, limit }: { after: string | null; limit: number }): Promise<readonly ExpectedBlob[]> {
    // Keys are of hexadecimal digits, as many each: any collation orders them as a store does. The three indexes are merged.
    return this.#database.query<ExpectedBlob & Row>(
      `SELECT * FROM (SELECT key, size, 'file' AS of, sha256 FROM media.blobs
                      UNION ALL SELECT key, size, 'preview', sha256 FROM media.previews
                      UNION ALL SELECT key, size, 'upload', NULL FROM media.upload_parts) k
       WHERE key > $1 ORDER BY key LIMIT $2`,
      [after ?? '', limit],
      'media.expectedBlobs',
    );
  }

  async withDigests(digests: readonly string[]): Promise<readonly StoredFile[]> {
    const rows = await this.#database.query<FileRow>(
      `SELECT DISTINCT ON (f.sha256) ${fileColumns} FROM media.files f JOIN media.blobs b USING (sha256) WHERE f.sha256 = ANY ($1) ORDER BY f.sha256, f.id`,
      [digests],
      'media.filesWithDigests',
    );
    return rows.map(fileOf);
  }
}
