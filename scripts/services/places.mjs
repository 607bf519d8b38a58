// Where the servers live: their ports, their directories, and the cache of what was built for them.
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const usualBase = 27_000;
/** Above it the system hands out ports to whoever connects, and a server may find its own taken. */
const firstEphemeralPort = 32_768;

export const project = join(import.meta.dirname, '..', '..');
export const recipes = join(import.meta.dirname, 'recipes');
export const portBase = readBase(process.env.CONFAB_SERVICES_PORT_BASE);
export const root =
  process.env.CONFAB_SERVICES_DIR ?? join(tmpdir(), portBase === usualBase ? 'confab-services' : `confab-services-${portBase}`);
export const cache = process.env.CONFAB_SERVERS_CACHE ?? join(homedir(), '.cache', 'confab-servers');

/** What a server is given to start with. */
export function placeOf(server) {
  const ports = Object.fromEntries(Object.entries(server.ports).map(([use, offset]) => [use, portBase + offset]));
  return { name: server.name, directory: join(root, server.name), ports };
}

function readBase(text) {
  const base = Number(text ?? usualBase);
  if (Number.isInteger(base) && base >= 1024 && base + 1000 <= firstEphemeralPort) return base;
  throw new Error(
    `CONFAB_SERVICES_PORT_BASE is ${text}: name the first of 1,000 ports that all lie between 1024 and ${firstEphemeralPort}.`,
  );
}
