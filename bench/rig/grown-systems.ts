import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { login } from './api.ts';
import { claimPlace, releasePlace } from './claimed-place.ts';
import { embeddedUrl } from './embedded-url.ts';
import { fillHistory } from './history.ts';
import { type HistoryTeam, openHistoryTeam, placesOf } from './history-team.ts';
import { untilIndexed } from './indexed.ts';
import { fillMongoHistory, untilMongoIndexed } from './mongo-history.ts';
import { pinToServerCore } from './pinning.ts';
import { confabPort, launchConfab, migrationsHash } from './prepared-team.ts';
import { RealServers } from './real-servers.ts';
import type { Started, System } from './running.ts';
import type { Store } from './shapes.ts';
import { requireFree, type StartedProcess } from './started-process.ts';

/** A team with a long history, and the people in it. */
export interface Grown extends Started {
  readonly team: HistoryTeam;
}

interface GrownOptions {
  /** Messages, of one system each. */
  readonly sizes: readonly number[];
  readonly store: Store;
  /** Histories stay for the next run. */
  readonly keep: boolean;
}

const home = path.join(tmpdir(), 'confab-bench', 'grown');

/** A team of its own for each size. What a run that was killed has left is ended and removed first. */
export async function grownSystems({ sizes, store, keep }: GrownOptions): Promise<System<Grown>[]> {
  await claimPlace(home);
  const keeps = keep && store === 'postgres';
  const own = sizes.map((size) => placeFor(size, store));
  for (const name of readdirSync(home))
    if (name.includes('-') && !(keeps && own.includes(path.join(home, name)))) remove(path.join(home, name));
  const mongo = store === 'mongo' ? await RealServers.up(['mongodb']) : null;
  if (mongo) pinToServerCore(await mongo.pids());
  return sizes.map((size) => new GrownSystem({ size, mongo, keep: keeps }));
}

const placeFor = (size: number, store: Store): string => path.join(home, `${String(size)}-${store}-${migrationsHash()}`);

const remove = (place: string): void => {
  rmSync(place, { recursive: true, force: true });
};

class GrownSystem implements System<Grown> {
  readonly name: string;
  readonly #size: number;
  readonly #mongo: RealServers | null;
  readonly #keep: boolean;
  readonly #place: string;
  #server: StartedProcess | null = null;

  constructor({ size, mongo, keep }: { size: number; mongo: RealServers | null; keep: boolean }) {
    this.name = String(size);
    this.#size = size;
    this.#mongo = mongo;
    this.#keep = keep;
    this.#place = placeFor(size, mongo ? 'mongo' : 'postgres');
  }

  /** On the same data each time: what a round sends is little beside what there is. */
  async start(): Promise<Grown> {
    if (!existsSync(this.#teamFile)) await this.#grow();
    const server = await this.#launch();
    const readyMs = await server.ready();
    await this.#indexed();
    const saved = JSON.parse(readFileSync(this.#teamFile, 'utf8')) as HistoryTeam;
    const team = { ...saved, owner: await login(confabPort, 'owner'), other: await login(confabPort, 'other') };
    return {
      pids: [server.pid, ...((await this.#mongo?.pids()) ?? [])],
      ports: [confabPort],
      team,
      readyMs,
      stop: () => this.#stop(),
    };
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#mongo?.down();
    if (!this.#keep) remove(this.#place);
    releasePlace(home);
  }

  get #dataDir(): string {
    return path.join(this.#place, 'data');
  }

  get #teamFile(): string {
    return path.join(this.#place, 'team.json');
  }

  async #launch(): Promise<StartedProcess> {
    await requireFree(confabPort);
    this.#server = launchConfab(this.#dataDir, this.#mongo ? { env: { MONGO_URL: await this.#mongoUrl() } } : {});
    return this.#server;
  }

  async #stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  /** The file of the team is there once the history is; indexing goes on at the next start where it was. */
  async #grow(): Promise<void> {
    console.error(`bench: filling a history of ${this.name} messages in ${this.#place}`);
    remove(this.#place);
    mkdirSync(this.#dataDir, { recursive: true });
    await (await this.#launch()).ready();
    const team = await openHistoryTeam(confabPort, readFileSync(path.join(this.#dataDir, 'setup-token'), 'utf8').trim());
    const plan = { count: this.#size, conversations: placesOf(team), seed: this.#size };
    if (this.#mongo) await fillMongoHistory(await this.#mongoUrl(), plan);
    else await fillHistory(embeddedUrl(this.#dataDir), plan);
    await this.#stop();
    writeFileSync(`${this.#teamFile}.part`, JSON.stringify(team), { mode: 0o600 });
    renameSync(`${this.#teamFile}.part`, this.#teamFile);
  }

  async #indexed(): Promise<void> {
    const since = performance.now();
    if (this.#mongo) await untilMongoIndexed(await this.#mongoUrl());
    else await untilIndexed(embeddedUrl(this.#dataDir));
    const tookMs = performance.now() - since;
    if (tookMs > 2_000) console.error(`bench: ${this.name} messages were indexed after ${(tookMs / 1000).toFixed(0)} s more`);
  }

  async #mongoUrl(): Promise<string> {
    const { MONGO_URL: url } = (await this.#mongo?.env()) ?? {};
    return (url ?? '').replace(/\/\w+\?/, `/grown_${this.name}?`);
  }
}
