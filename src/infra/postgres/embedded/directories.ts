import { createHash } from 'node:crypto';
import { access, lstat, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newSecret } from '../../../kernel/ids.ts';
import { privateDirectory } from '../../files/private-files.ts';

/** Where the embedded server keeps what. */
export interface Directories {
  readonly root: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly holderFile: string;
  readonly sockets: string;
}

export const passwordFileName = 'postgres.password';
export const socketPort = 5432;
const socketName = `.s.PGSQL.${String(socketPort)}`;
/** The kernel's limit on the path of a unix socket, less its closing NUL. */
const longestSocketPath = 107;

/** Names the places below `dataDir` and makes those that must be there before the server is. */
export async function prepareDirectories(dataDir: string): Promise<Directories> {
  await privateDirectory(dataDir);
  return {
    root: dataDir,
    cluster: join(dataDir, 'postgres'),
    passwordFile: join(dataDir, passwordFileName),
    lockFile: join(dataDir, 'postgres.lock'),
    holderFile: join(dataDir, 'postgres.holder'),
    sockets: await socketDirectory(dataDir),
  };
}

async function socketDirectory(dataDir: string): Promise<string> {
  const beside = join(dataDir, 'run');
  // PostgreSQL reads the setting as a list with commas and quotes.
  if (Buffer.byteLength(join(beside, socketName)) <= longestSocketPath && !/[,"]/.test(beside)) {
    await privateDirectory(beside);
    return beside;
  }
  const short = join(tmpdir(), `confab-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`);
  await mkdir(short, { recursive: true, mode: 0o700 });
  await requireOwn(short);
  return short;
}

/** Anyone may write in the directory for temporary files, so anyone might have made this one. */
async function requireOwn(directory: string): Promise<void> {
  const found = await lstat(directory);
  const own = found.uid === process.getuid?.() && found.isDirectory() && (found.mode & 0o077) === 0;
  if (!own)
    throw new Error(
      `The directory for the database's socket, ${directory}, belongs to someone else. Remove it, or choose a data directory with a shorter path.`,
    );
}

/** The socket and lock of a server that is known to be gone: their process id may meanwhile be another program's. */
export async function removeSocket(directories: Directories): Promise<void> {
  await Promise.all([socketName, `${socketName}.lock`].map((name) => rm(join(directories.sockets, name), { force: true })));
}

/** The superuser's password, made at the first start. Throws when the cluster is there and its password is not. */
export async function password(directories: Directories): Promise<string> {
  if (await exists(directories.passwordFile)) return (await readFile(directories.passwordFile, 'utf8')).trim();
  if (await hasCluster(directories)) {
    throw new Error(
      `The password of the embedded database is missing: restore ${directories.passwordFile} from a backup of the data directory.`,
    );
  }
  const made = newSecret();
  const draft = `${directories.passwordFile}.new`;
  await writeFile(draft, `${made}\n`, { mode: 0o600, flush: true });
  await rename(draft, directories.passwordFile);
  await syncDirectory(dirname(directories.passwordFile));
  return made;
}

/** Whether a whole cluster is in its place. */
export const hasCluster = (directories: Directories): Promise<boolean> => exists(join(directories.cluster, 'PG_VERSION'));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Makes a rename inside a directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
