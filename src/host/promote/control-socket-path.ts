import { join } from 'node:path';
import { prepareDirectories } from '../../infra/postgres/embedded/directories.ts';

/** Beside the socket of the embedded database, in a directory that is its user's alone. */
export const controlSocketPath = async (dataDir: string): Promise<string> =>
  join((await prepareDirectories(dataDir)).sockets, 'confab.sock');
