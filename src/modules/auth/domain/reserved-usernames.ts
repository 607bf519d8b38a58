import { AppError } from '../../../kernel/errors.ts';

/** Names that mention everybody, that seem to speak for the server, or that have a meaning in addresses and programs. */
const reserved: ReadonlySet<string> = new Set(
  [
    ...['all', 'everyone', 'everybody', 'channel', 'here'],
    ...['confab', 'system', 'root', 'daemon', 'administrator', 'superuser', 'sysadmin', 'support', 'helpdesk'],
    ...['security', 'official', 'webmaster', 'postmaster', 'hostmaster', 'mailer-daemon', 'noreply'],
    ...['nobody', 'anonymous', 'unknown', 'deleted', 'null', 'undefined'],
  ].map(skeleton),
);

/** Throws `username_reserved`, also for what looks like a reserved name. */
export function requireOwnUsername(username: string): void {
  if (reserved.has(skeleton(username)))
    throw new AppError('username_reserved', { detail: `The username ${username} is reserved; choose another.` });
}

/** Names with one skeleton look alike: separators are left out, digits stand for letters. */
function skeleton(username: string): string {
  return username
    .toLowerCase()
    .replace(/[._-]/g, '')
    .replace(/[013457]/g, (digit) => letterOf[digit] ?? digit);
}

const letterOf: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't' };
