import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, eachOf, login, register, setUp, type Session } from './api.ts';
import { onServerCore } from './pinning.ts';
import { layout, people, type Conversations } from './population.ts';
import { root, type Running } from './running.ts';
import { confabLaunch, requireFree, StartedProcess } from './started-process.ts';

/** A stopped data directory with the bench's team in it; every round gets a copy, so that rounds do not age the data. */
export interface Prepared {
  startCopy(change: Change): Promise<RunningCopy>;
}

/** What is otherwise than with `npm start`. */
export interface Change {
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The index of search does not go on. */
  readonly holdsIndex?: boolean;
}

interface RunningCopy extends Running {
  readonly dataDir: string;
}

interface Saved {
  readonly sessions: readonly Session[];
  readonly conversations: Conversations;
  /** When the access tokens were issued, ms since 1970. */
  readonly issuedAt: number;
}

/** Where the bench's Confab listens. */
export const confabPort = 21_980;
const home = path.join(tmpdir(), 'confab-bench');
// Access tokens live 15 minutes at most; a round takes well under five.
const freshForMs = 8 * 60_000;

export async function prepared(): Promise<Prepared> {
  await requireFree(confabPort);
  const place = path.join(home, `team-${migrationsHash()}`);
  if (!existsSync(path.join(place, 'team.json'))) await prepare(place);
  return { startCopy: (change) => startCopy(place, change) };
}

/** Starts Confab as a stranger would, on one core, with the limits off and cheap password hashes. */
export function launchConfab(dataDir: string, { command, env }: Pick<Change, 'command' | 'env'> = {}): StartedProcess {
  const launch = confabLaunch(dataDir, confabPort);
  return new StartedProcess({ ...launch, command: onServerCore(command ?? launch.command), env: { ...launch.env, ...env } });
}

/** Milliseconds from the very first start, on an empty directory, to ready. */
export async function measureFirstStart(): Promise<number> {
  const dataDir = path.join(home, `first-${String(process.pid)}`);
  mkdirSync(dataDir, { recursive: true });
  const server = launchConfab(dataDir);
  const readyMs = await server.ready();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return readyMs;
}

async function startCopy(place: string, change: Change): Promise<RunningCopy> {
  const saved = await withFreshTokens(place);
  const copy = path.join(home, `run-${String(process.pid)}`);
  copyDirectory(path.join(place, 'data'), copy);
  const server = launchConfab(copy, change);
  const readyMs = await server.ready();
  return {
    pids: [server.pid],
    ports: [confabPort],
    dataDir: copy,
    files: 'form',
    population: { tokens: saved.sessions.map((session) => session.accessToken), conversations: saved.conversations },
    readyMs,
    stop: async () => {
      await server.stop();
      rmSync(copy, { recursive: true, force: true });
    },
  };
}

async function prepare(place: string): Promise<void> {
  console.error(`bench: preparing a team of ${String(people)} in ${place} (once)`);
  rmSync(place, { recursive: true, force: true });
  const dataDir = path.join(place, 'data');
  mkdirSync(dataDir, { recursive: true });
  const server = launchConfab(dataDir);
  await server.ready();
  const team = await fillTeam(confabPort, readFileSync(path.join(dataDir, 'setup-token'), 'utf8').trim());
  await server.stop();
  save(place, { ...team, issuedAt: Date.now() });
}

/** Sets up the bench's team on a server that has none. */
export async function fillTeam(at: number, setupToken: string): Promise<Pick<Saved, 'sessions' | 'conversations'>> {
  const owner = await setUp(at, setupToken);
  const others = await eachOf(people - 1, 8, (index) => register(at, nameOf(index + 1)));
  const sessions = [owner, ...others];
  const conversations = await openConversations(at, sessions);
  await untilAllAreIn(at, owner);
  return { sessions, conversations };
}

/** Newcomers come into the channel for all behind their registration: what is measured shall not pay for the last of them. */
async function untilAllAreIn(at: number, { accessToken: token }: Session, timeoutMs = 60_000): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const { items } = await call<{ items: { kind: string; memberCount: number }[] }>(at, { method: 'GET', path: '/conversations', token });
    if (items.some(({ kind, memberCount }) => kind === 'channel' && memberCount >= people)) return;
    if (performance.now() > giveUpAt) throw new Error('the channel for all did not fill');
    await sleep(100);
  }
}

async function openConversations(at: number, sessions: readonly Session[]): Promise<Conversations> {
  const open = async (by: Session, others: readonly Session[], kind: 'group' | 'direct'): Promise<string> => {
    const body = {
      kind,
      ...(kind === 'group' ? { name: `room${String(others.length + 1)}` } : {}),
      memberIds: others.map((other) => other.user.id),
    };
    return (await call<{ id: string }>(at, { method: 'POST', path: '/conversations', token: by.accessToken, body })).id;
  };
  const owner = sessions[0]!;
  const room200 = await open(owner, sessions.slice(1, layout.room200), 'group');
  const room1000 = await open(owner, sessions.slice(1, layout.room1000), 'group');
  const pairs = await eachOf(layout.pairs, 8, (k) => open(sessions[2 * k]!, [sessions[2 * k + 1]!], 'direct'));
  return { room200, room1000, pairs };
}

/** Signs everyone in again in the prepared directory itself, so that the copies of the next minutes can use the tokens. */
async function withFreshTokens(place: string): Promise<Saved> {
  const saved = JSON.parse(readFileSync(path.join(place, 'team.json'), 'utf8')) as Saved;
  if (Date.now() - saved.issuedAt < freshForMs) return saved;
  const server = launchConfab(path.join(place, 'data'));
  await server.ready();
  const issuedAt = Date.now();
  const sessions = await eachOf(people, 8, (index) => login(confabPort, nameOf(index)));
  await server.stop();
  const fresh = { ...saved, sessions, issuedAt };
  save(place, fresh);
  return fresh;
}

export function nameOf(index: number): string {
  return index === 0 ? 'owner' : `person${String(index)}`;
}

function save(place: string, saved: Saved): void {
  writeFileSync(path.join(place, 'team.json'), JSON.stringify(saved), { mode: 0o600 });
}

function copyDirectory(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  execFileSync('cp', ['-a', '--reflink=auto', from, to]);
  // Without this the first seconds of a round would pay for writing the copy back to disk.
  execFileSync('sync', ['-f', to]);
}

/** A team prepared by another schema is of no use: the name of its directory holds a hash of the migrations. */
export function migrationsHash(): string {
  const folder = path.join(root, 'prisma/migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(path.join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}
