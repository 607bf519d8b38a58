import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const others = 0o077;
const isWindows = process.platform === 'win32';

/** Makes a directory that its owner alone may read or enter, or takes what others may do in it from one that is there. */
export async function privateDirectory(path: string): Promise<void> {
  await makeDirectory(path);
  await takeFromOthers(path, 0o700);
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const user = String(process.getuid?.() ?? '');
    throw new Error(`User ${user} may not write to ${path}: run "chown -R ${user} ${path}", or set CONFAB_DATA_DIR to another place.`, {
      cause,
    });
  }
}

/**
 * Makes a directory with those above it, each for its owner alone; one that is there stays as it is. Node's own recursion never ends where a file
 * system makes no directory and answers that the one above is missing, as `/proc` does.
 */
export async function makeDirectory(path: string): Promise<void> {
  const fault = await faultOfMaking(path);
  if (fault === 'ENOENT') await makeDirectory(dirname(path));
  const left = fault === 'ENOENT' ? await faultOfMaking(path) : fault;
  const found = left === null ? 'directory' : await typeOf(path);
  if (found === 'directory') return;
  throw new Error(
    `${path} is no directory, and none can be made there: ${reasonOf(left ?? '', found)}. Set CONFAB_DATA_DIR to another place.`,
  );
}

async function faultOfMaking(path: string): Promise<string | null> {
  try {
    await mkdir(path, { mode: 0o700 });
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function reasonOf(code: string, found: 'file' | 'link' | null): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'its disk is full';
  if (found === 'link') return 'it is a link that leads nowhere (is a disk not mounted?)';
  if (found === 'file') return 'it is a file';
  if (code === 'ENOTDIR') return 'a part of the path is a file';
  if (code === 'EACCES' || code === 'EPERM') return `user ${String(process.getuid?.() ?? '')} may not write there`;
  return code === 'EROFS' ? 'its file system can only be read' : `the system answers ${code}`;
}

/** What stands at a path, behind its links; null where nothing does. */
async function typeOf(path: string): Promise<'directory' | 'file' | 'link' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch {
    return lstat(path).then(
      () => 'link',
      () => null,
    );
  }
}

/** The same for a file; an empty one is made where there is none. A link is refused: it may lead to a file of somebody else. */
export async function privateFile(path: string): Promise<void> {
  // 0 where there is no such flag (Windows).
  const noLink = isWindows ? 0 : constants.O_NOFOLLOW;
  await (await open(path, constants.O_WRONLY | constants.O_CREAT | noLink, 0o600)).close();
  await takeFromOthers(path, 0o600);
}

async function takeFromOthers(path: string, mode: number): Promise<void> {
  const found = await stat(path);
  if (isWindows || (found.mode & others) === 0) return;
  try {
    await chmod(path, mode);
  } catch (cause) {
    throw new Error(
      `Others may read ${path}, and it belongs to user ${String(found.uid)}, so that its mode cannot be set to ${mode.toString(8)}: ` +
        `run "chown ${String(process.getuid?.() ?? '')} ${path}", or set CONFAB_DATA_DIR to a directory below it, which is made with the right mode.`,
      { cause },
    );
  }
  // A file system without modes (FAT, some network shares) takes the change and forgets it.
  if (((await stat(path)).mode & others) !== 0)
    throw new Error(`Others may read ${path}, and its file system keeps no modes: set CONFAB_DATA_DIR to a directory on one that does.`);
}
