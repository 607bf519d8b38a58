import type { Database, Row } from '../../../../kernel/database.ts';
import type { Usage } from '../../ports.ts';

interface Amount extends Row {
  files: number;
  bytes: number;
}
type Kind = Awaited<ReturnType<Usage['kinds']>>[number]['kind'];

export class PostgresUsage implements Usage {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async totals(): ReturnType<Usage['totals']> {
    const [row] = await this.#database.query<{ stored: number; previews: number; uploads: number; received: number }>(
      `SELECT (SELECT coalesce(sum(size), 0)::bigint FROM media.blobs) AS stored,
              (SELECT coalesce(sum(size), 0)::bigint FROM media.previews) AS previews, u.uploads, u.received
       FROM (SELECT count(*) AS uploads, coalesce(sum(received), 0)::bigint AS received FROM media.uploads) u`,
      [],
      'media.usageTotals',
    );
    return { storedBytes: row?.stored ?? 0, previewBytes: row?.previews ?? 0, uploads: row?.uploads ?? 0, uploadBytes: row?.received ?? 0 };
  }

  async kinds(): ReturnType<Usage['kinds']> {
    const rows = await this.#database.query<Amount & { kind: Kind }>(
      `SELECT CASE WHEN split_part(mime_type, '/', 1) IN ('image', 'video', 'audio') THEN split_part(mime_type, '/', 1) ELSE 'other' END AS kind,
              sum(files)::bigint AS files, sum(bytes)::bigint AS bytes
       FROM (SELECT mime_type, count(*) AS files, sum(size) AS bytes FROM media.files GROUP BY 1) t GROUP BY 1 ORDER BY 3 DESC, 1`,
      [],
      'media.usageOfKinds',
    );
    return rows.map(({ kind, files, bytes }) => ({ kind, files, bytes }));
  }

  async people(limit: number): ReturnType<Usage['people']> {
    const rows = await this.#database.query<Amount & { owner_id: string }>(
      'SELECT owner_id, count(*) AS files, sum(size)::bigint AS bytes FROM media.files GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT $1',
      [limit],
      'media.usageOfPeople',
    );
    return rows.map(({ owner_id: userId, files, bytes }) => ({ userId, files, bytes }));
  }

  async ofPerson(userId: string): ReturnType<Usage['ofPerson']> {
    const [row] = await this.#database.query<Amount>(
      `SELECT f.files, f.bytes + u.bytes AS bytes
       FROM (SELECT count(*) AS files, coalesce(sum(size), 0)::bigint AS bytes FROM media.files WHERE owner_id = $1) f,
            (SELECT coalesce(sum(received), 0)::bigint AS bytes FROM media.uploads WHERE owner_id = $1) u`,
      [userId],
      'media.usageOfPerson',
    );
    return { files: row?.files ?? 0, bytes: row?.bytes ?? 0 };
  }
}
