import { errorText } from '../../../../kernel/errors.ts';

/** What a file system answers when it cannot keep files, and what mends it. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free space or enlarge it',
  EDQUOT: 'the disk quota of this user is used up: free space or raise it',
  EROFS: 'the disk is mounted read-only: mount it so that it takes writes',
  EACCES: 'this user may not write there: give the directory to the user that runs Confab (chown -R)',
  EPERM: 'this user may not write there: give the directory to the user that runs Confab (chown -R)',
  ENOTDIR: 'a file lies where a directory is needed: move it away',
  EIO: 'the disk fails to read or to write: look into the log of the system',
};

/** In words of whoever runs the server. The store may have put the error of the file system into one of its own. */
export function diskFaultText(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return remedies[cause?.code ?? ''] ?? remedies[code ?? ''] ?? errorText(error);
}
