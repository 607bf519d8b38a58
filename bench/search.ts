// `npm run bench:search`: how long searches take in a history of 10,000 and of a million messages. See README.md here.
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { call, eachOf, register, type Session, setUp } from './rig/api.ts';
import { fillHistory } from './rig/history.ts';
import { launchConfab } from './rig/prepared-team.ts';
import { RealServers } from './rig/real-servers.ts';
import { asLine, measureSearch } from './workloads/search.ts';

const port = 21_980;
const conversationsCount = 500;
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
  const server = launchConfab(home, { DATABASE_URL: databaseUrl });
  try {
    await server.ready();
    const team = await openTeam(readFileSync(path.join(home, 'setup-token'), 'utf8').trim());
    let [there, slowest] = [0, 0];
    for (const size of values.sizes.split(',').map(Number)) {
      const since = performance.now();
      const ids = team.conversations.map((id, index) => ({
        id,
        senderIds: index < 2 ? [team.owner.user.id, team.other.user.id] : [team.owner.user.id],
      }));
      await fillHistory({ databaseUrl, count: size - there, conversations: ids, seed: size });
      there = size;
      const filledMs = performance.now() - since;
      await untilIndexed(databaseUrl);
      console.log(
        `${String(size)} messages, put there in ${seconds(filledMs)}, indexed after ${seconds(performance.now() - since - filledMs)} more`,
      );
      const figures = await measureSearch({
        port,
        people: { 'in all': team.owner.accessToken, 'in few': team.other.accessToken },
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

interface Team {
  readonly owner: Session;
  /** In three of the small conversations. */
  readonly other: Session;
  readonly conversations: readonly string[];
}

async function openTeam(setupToken: string): Promise<Team> {
  const owner = await setUp(port, setupToken);
  const other = await register(port, 'other');
  const conversations = await eachOf(conversationsCount, 8, async (index) => {
    const memberIds = index > 4 && index < 8 ? [other.user.id] : [];
    const body = { kind: 'group', name: `group ${String(index)}`, memberIds };
    return (await call<{ id: string }>(port, { method: 'POST', path: '/conversations', token: owner.accessToken, body })).id;
  });
  return { owner, other, conversations };
}

/** The server indexes behind everything else; access tokens live for 15 minutes. */
async function untilIndexed(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ is_done: boolean }>('SELECT back_id IS NULL AS is_done FROM chat.search_state');
      if (rows[0]?.is_done === true) return;
      await delay(500);
    }
  } finally {
    await client.end();
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
