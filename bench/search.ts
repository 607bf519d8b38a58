// `npm run bench:search`: how long searches take in a history of 10,000 and of a million messages. See README.md here.
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { login } from './rig/api.ts';
import { fillHistory } from './rig/history.ts';
import { openHistoryTeam, placesOf } from './rig/history-team.ts';
import { untilIndexed } from './rig/indexed.ts';
import { confabPort as port, launchConfab } from './rig/prepared-team.ts';
import { RealServers } from './rig/real-servers.ts';
import { asLine, measureSearch } from './workloads/search.ts';

const goalMs = 150;

const { values } = parseArgs({
  options: {
    /** An empty database; without it, a PostgreSQL of the bench's own is started. */
    database: { type: 'string' },
    sizes: { type: 'string', default: '10000,1000000' },
    'per-kind': { type: 'string', default: '25' },
    check: { type: 'boolean', default: false },
  },
});
await main();

async function main(): Promise<void> {
  const servers = values.database === undefined ? await RealServers.up(['postgres']) : null;
  const databaseUrl = values.database ?? (await servers!.env())['DATABASE_URL']!;
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-search-')));
  const server = launchConfab(home, { env: { DATABASE_URL: databaseUrl } });
  try {
    await server.ready();
    const team = await openHistoryTeam(port, readFileSync(path.join(home, 'setup-token'), 'utf8').trim());
    let [there, slowest] = [0, 0];
    for (const size of values.sizes.split(',').map(Number)) {
      const since = performance.now();
      await fillHistory(databaseUrl, { count: size - there, conversations: placesOf(team), seed: size });
      there = size;
      const filledMs = performance.now() - since;
      await untilIndexed(databaseUrl);
      console.log(
        `${String(size)} messages, put there in ${seconds(filledMs)}, indexed after ${seconds(performance.now() - since - filledMs)} more`,
      );
      const figures = await measureSearch({
        port,
        // Indexing may outlast the tokens that the team began with.
        people: { 'in all': (await login(port, 'owner')).accessToken, 'in few': (await login(port, 'other')).accessToken },
        conversationId: team.conversations[7]!,
        senderId: team.owner.user.id,
        perKind: Number(values['per-kind']),
      });
      for (const figure of figures) console.log(asLine(figure));
      slowest = Math.max(slowest, ...figures.map(({ p95Ms }) => p95Ms));
    }
    console.log(`slowest p95 ${slowest.toFixed(0)} ms, goal ${String(goalMs)} ms`);
    if (values.check && slowest > goalMs) process.exitCode = 1;
  } finally {
    await server.stop();
    await servers?.down();
    rmSync(home, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
