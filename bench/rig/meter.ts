import { type CpuTime, cpuTime } from './process-tree.ts';

/** What a stretch of time cost, in seconds; the server's whole trees, split into the database and the rest. */
export interface Spent {
  readonly wall: number;
  readonly app: number;
  readonly database: number;
  readonly generator: number;
}

/** Reads the clocks now; the function it answers reads them again and gives the difference. */
export function startMeter(serverPids: readonly number[]): () => Spent {
  const own = process.cpuUsage();
  const server = cpuOf(serverPids);
  const at = performance.now();
  return () => {
    const wall = (performance.now() - at) / 1000;
    const now = cpuOf(serverPids);
    const { user, system } = process.cpuUsage(own);
    return { wall, app: now.app - server.app, database: now.database - server.database, generator: (user + system) / 1e6 };
  };
}

function cpuOf(pids: readonly number[]): CpuTime {
  const each = pids.map(cpuTime);
  return { app: each.reduce((sum, { app }) => sum + app, 0), database: each.reduce((sum, { database }) => sum + database, 0) };
}

/** Shares of one core. */
export function coreShares({ wall, app, database, generator }: Spent): { server: number; generator: number } {
  return { server: (app + database) / wall, generator: generator / wall };
}
