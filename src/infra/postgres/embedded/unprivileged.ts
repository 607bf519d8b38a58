import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const asOrdinaryUser = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];

/** What PostgreSQL's programs see: nothing of this process's own environment, and one language in what they print. */
export const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/**
 * PostgreSQL refuses to run as root. A namespace of its own in which root looks like an ordinary user satisfies it, with no
 * user made and no file's owner changed; it execs, so the process id is PostgreSQL's own. Resolves with the words to put
 * before a command: none for an ordinary user.
 */
export async function commandPrefix(uid = process.getuid?.(), namespace: readonly string[] = asOrdinaryUser): Promise<readonly string[]> {
  if (uid !== 0) return [];
  const [program = '', ...rest] = namespace;
  try {
    await run(program, [...rest, 'true'], { env: environment });
    return namespace;
  } catch (cause) {
    throw new Error(
      'PostgreSQL refuses to run as root and this system does not let root take on an ordinary user (unshare --user failed). ' +
        'Either start Confab as an ordinary user that owns its data directory, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}
