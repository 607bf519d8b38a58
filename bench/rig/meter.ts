import { cpuTime } from './process-tree.ts';

/** What a stretch of time cost, in seconds; the server's whole tree, split into the database and the rest. */
export interface Spent {
  readonly wall: number;
  readonly app: number;
  readonly database: number;
  readonly generator: number;
}

/** Reads the clocks now; the function it answers reads them again and gives the difference. */
export function startMeter(serverPid: number): () => Spent {
  const own = process.cpuUsage();
  const server = cpuTime(serverPid);
  const at = performance.now();
  return () => {
    const wall = (performance.now() - at) / 1000;
    const now = cpuTime(serverPid);
    const { user, system } = process.cpuUsage(own);
    return { wall, app: now.app - server.app, database: now.database - server.database, generator: (user + system) / 1e6 };
  };
}

/** Shares of one core. */
export function coreShares({ wall, app, database, generator }: Spent): { server: number; generator: number } {
  return { server: (app + database) / wall, generator: generator / wall };
}
