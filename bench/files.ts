// `npm run test:files`: a large file over a line that is cut, and uploads under SIGKILLs. See README.md here.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { Seeded } from './faults/seeded.ts';
import { besideStore, storeOf, withBucket } from './files/beside-store.ts';
import { killedUploads } from './files/killed.ts';
import { largeFile, type Verdict } from './files/large.ts';
import { setUp } from './rig/api.ts';
import { root } from './rig/running.ts';
import { confabLaunch, requireFree, StartedProcess } from './rig/started-process.ts';

const port = 21_960;
const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '2048' },
    kills: { type: 'string', default: '20' },
    aborts: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '10' },
  },
});
const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-files-')));
const launch = confabLaunch(dataDir, port);
let server: StartedProcess | undefined;
process.once('SIGINT', () => void server?.kill().finally(() => process.exit(130)));

await requireFree(port);
try {
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  await server?.stop();
}
if (process.exitCode === 0) rmSync(dataDir, { recursive: true, force: true });

async function play(): Promise<boolean> {
  const store = storeOf(process.env);
  if (store !== null) await withBucket(store);
  server = await start();
  const { accessToken: token } = await setUp(port, readFileSync(path.join(dataDir, 'setup-token'), 'utf8').trim());
  const place = { port, token };
  if (store !== null) return printed(await besideStore(place, store, Number(values.seconds)));
  const megabytes = Number(values.megabytes);
  const dice = new Seeded(Number(values.seed));
  const plan = { kills: Number(values.kills), aborts: Number(values.aborts), dice, dataDir, start, confab, place };
  const isGood = megabytes === 0 || printed(await largeFile(server, place, megabytes * 2 ** 20));
  return printed(await killedUploads(server, plan)) && isGood;
}

function printed({ line, faults }: Verdict): boolean {
  for (const text of [line, ...faults.map((fault) => `  ${fault}`)]) console.log(text);
  return faults.length === 0;
}

async function start(): Promise<StartedProcess> {
  server = new StartedProcess(launch);
  await server.ready();
  return server;
}

async function confab(args: readonly string[]): Promise<void> {
  const env = { ...process.env, ...launch.env, PORT: String(port) };
  await promisify(execFile)(process.execPath, [path.join(root, 'bin', 'confab.mjs'), ...args], { env });
}
