import type { SessionState } from './client.ts';

type SignedOutReason = Extract<SessionState, { status: 'signed-out' }>['reason'];

/** What the server calls an end of the session, and what we do; any other is `revoked`. */
export const endReasons: Readonly<Record<string, SignedOutReason | undefined>> = {
  account_disabled: 'account_closed',
  password_changed: 'password_changed',
  expired: 'expired',
  logged_out: 'logged_out',
  token_reused: 'used_elsewhere',
};
