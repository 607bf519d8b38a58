import { constants } from 'node:fs';
import { chmod, mkdir, open, stat } from 'node:fs/promises';

const others = 0o077;
const isWindows = process.platform === 'win32';

/** Makes a directory that its owner alone may read or enter, or takes what others may do in it from one that is there. */
export async function privateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await takeFromOthers(path, 0o700);
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
