import type { Invite, Role } from '../../../contracts/auth/entities.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Queryable } from '../../../kernel/database/database.ts';
import { AppError } from '../../../kernel/errors.ts';

export interface InviteRow extends Record<string, unknown> {
  code: string;
  role: Role;
  max_uses: number | null;
  uses: number;
  conversation_ids: string[];
  created_by: string;
  created_at: string;
  expires_at: string | null;
}

const opens = '(max_uses IS NULL OR uses < max_uses) AND (expires_at IS NULL OR expires_at > $2)';

/** Uses an invite once, in the caller's transaction; throws `invalid_invite`. */
export async function takeInvite(code: string, { clock, on }: { clock: Clock; on: Queryable }): Promise<InviteRow> {
  const rows = isCode(code)
    ? await on.query<InviteRow>(`UPDATE auth.invites SET uses = uses + 1 WHERE code = $1 AND ${opens} RETURNING *`, [
        code,
        clock.timestamp(),
      ])
    : [];
  if (!rows[0]) throw invalidInvite();
  return rows[0];
}

export async function findInvite(code: string, { clock, on }: { clock: Clock; on: Queryable }): Promise<InviteRow> {
  const rows = isCode(code)
    ? await on.query<InviteRow>(`SELECT * FROM auth.invites WHERE code = $1 AND ${opens}`, [code, clock.timestamp()])
    : [];
  if (!rows[0]) throw invalidInvite();
  return rows[0];
}

export const presentInvite = (row: InviteRow, publicUrl: string): Invite => ({
  code: row.code,
  url: `${publicUrl}/join#${row.code}`,
  role: row.role,
  maxUses: row.max_uses,
  uses: row.uses,
  conversationIds: row.conversation_ids,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

const isCode = (code: string): boolean => /^[\w-]{1,128}$/.test(code);
const invalidInvite = (): AppError => new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
