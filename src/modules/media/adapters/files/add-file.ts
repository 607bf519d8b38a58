import type { Transaction } from '../../../../kernel/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Quotas, StoredFile } from '../../ports.ts';

/** Adds a file and its bytes, or the file alone where its bytes lie under another key, which the answer then names. */
export async function addFile(tx: Transaction, file: StoredFile, quotas: Quotas): Promise<StoredFile> {
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
}

/**
 * With the file or upload that was just added. Uploads take turns here, so that several at once do not exceed together what each alone does not. One
 * under way counts with its whole size.
 */
export async function requireQuotas(tx: Transaction, ownerId: string, { personQuotaBytes, teamQuotaBytes }: Quotas): Promise<void> {
  if (personQuotaBytes === null && teamQuotaBytes === null) return;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('media.quotas', 0))`);
  const [used] = await tx.query<{ person: number; team: number }>(
    `SELECT (SELECT coalesce(sum(size), 0)::bigint FROM media.files WHERE owner_id = $1)
              + (SELECT coalesce(sum(size), 0)::bigint FROM media.uploads WHERE owner_id = $1) AS person,
            (SELECT coalesce(sum(size), 0)::bigint FROM media.blobs)
              + (SELECT coalesce(sum(size), 0)::bigint FROM media.uploads) AS team`,
    [ownerId],
    'media.usedBytes',
  );
  const { person = 0, team = 0 } = used ?? {};
  if (personQuotaBytes !== null && person > personQuotaBytes) throw exceeded('Your files', personQuotaBytes);
  if (teamQuotaBytes !== null && team > teamQuotaBytes) throw exceeded('The files of the team', teamQuotaBytes);
}

const exceeded = (whose: string, quota: number): AppError =>
  new AppError('quota_exceeded', { detail: `${whose} may take ${String(quota)} bytes in all; this one would exceed it.` });
