import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Seeded } from '../faults/seeded.ts';
import { embeddedUrl } from '../rig/embedded-url.ts';
import type { StartedProcess } from '../rig/started-process.ts';
import { Content } from './content.ts';
import type { Verdict } from './large.ts';
import { beginUpload, download, fileOf, postForm, sendRest, type Place } from './uploader.ts';

const lanes = 6;

export interface KillPlan {
  readonly kills: number;
  readonly aborts: number;
  readonly dice: Seeded;
  readonly dataDir: string;
  /** Starts the server on the data of before. */
  readonly start: () => Promise<StartedProcess>;
  /** Runs `confab` with these arguments. */
  readonly confab: (args: readonly string[]) => Promise<void>;
  readonly place: Place;
}

interface Record {
  readonly acked: Map<string, Content>;
  /** Paths of uploads that were begun and are no file yet. */
  readonly open: Map<string, Content>;
  aborted: number;
  begun: number;
}

/** Uploads of every size while the server is SIGKILLed again and again, and others that their clients give up; then every file is asked for, and every byte is accounted for. */
export async function killedUploads(first: StartedProcess, plan: KillPlan): Promise<Verdict> {
  const record: Record = { acked: new Map(), open: new Map(), aborted: 0, begun: 0 };
  let server = first;
  for (let kill = 0; kill < plan.kills; kill++) {
    const life = new AbortController();
    const working = Array.from({ length: lanes }, () => lane(plan, record, life.signal));
    await sleep(plan.dice.between(150, 1_500));
    await server.kill();
    life.abort();
    await Promise.all(working);
    server = await plan.start();
  }
  await giveUpSome(plan, record);
  const broken = await wholeOnes(plan, record);
  await server.stop();
  await plan.confab(['media', 'sweep', '--all']);
  await plan.start();
  const faults = [...broken, ...(await bytesLeft(plan, record))];
  const line = `${String(plan.kills)} kills of the server, ${String(record.begun)} uploads begun, ${String(record.acked.size)} acknowledged, ${String(record.aborted)} given up by their clients: ${faults.length === 0 ? 'every acknowledged file is whole, and no byte is left of the others' : 'FAULTS'}`;
  return { line, faults };
}

/** One upload after another, until the server dies. */
async function lane({ dice, place }: KillPlan, record: Record, isOver: AbortSignal): Promise<void> {
  while (!isOver.aborted) {
    const content = new Content(`file ${String(record.begun++)} ${String(dice.next())}`, Math.ceil(dice.between(1, 6 * 2 ** 20)));
    try {
      if (dice.next() < 0.5) record.acked.set(await postForm(place, content, { signal: isOver }), content);
      else await resumable(place, record, { content, isOver });
    } catch {
      // The server died, or the answer was lost: nothing was promised.
    }
  }
}

async function resumable(
  place: Place,
  { acked, open }: Record,
  { content, isOver }: { content: Content; isOver: AbortSignal },
): Promise<void> {
  const upload = await beginUpload(place, content.size);
  open.set(upload, content);
  await sendRest(place, upload, content, { signal: isOver });
  acked.set(await fileOf(place, upload), content);
  open.delete(upload);
}

/** Uploads whose clients go away in their middle. */
async function giveUpSome({ aborts, dice, place }: KillPlan, record: Record): Promise<void> {
  for (; record.aborted < aborts; record.aborted++) {
    const content = new Content(`given up ${String(record.aborted)} ${String(dice.next())}`, 4 * 2 ** 20);
    const signal = AbortSignal.timeout(Math.ceil(dice.between(1, 12)));
    record.begun++;
    const posted = postForm(place, content, { signal });
    await posted.then((id) => record.acked.set(id, content)).catch(() => undefined);
  }
}

/** What was acknowledged is whole; what was begun goes on where it ended. */
async function wholeOnes({ place }: KillPlan, { acked, open }: Record): Promise<string[]> {
  const faults: string[] = [];
  for (const [upload, content] of open) {
    try {
      await sendRest(place, upload, content, { signal: AbortSignal.timeout(60_000) });
      acked.set(await fileOf(place, upload), content);
    } catch (error) {
      faults.push(`an upload does not go on: ${String(error)}`);
    }
  }
  for (const [id, content] of acked) {
    const found = await download(place, id).catch((error: unknown) => ({ sha256: String(error) }));
    if (found.sha256 !== content.sha256()) faults.push(`${id} is not whole: ${found.sha256}`);
  }
  return faults;
}

/** After a sweep the directory holds what the database names, and nothing else. */
async function bytesLeft({ dataDir }: KillPlan, { acked }: Record): Promise<string[]> {
  const database = new pg.Client(embeddedUrl(dataDir));
  await database.connect();
  const { rows } = await database.query<{ key: string; size: string }>(
    'SELECT key, size FROM media.blobs UNION ALL SELECT key, size FROM media.previews UNION ALL SELECT key, size FROM media.upload_parts',
  );
  const { rows: files } = await database.query<{ id: string }>('SELECT id FROM media.files');
  await database.end();
  const known = new Map(rows.map(({ key, size }) => [key, Number(size)]));
  const there = new Map(filesBelow(path.join(dataDir, 'media')).map((file) => [path.basename(file), statSync(file).size]));
  const ids = new Set(files.map(({ id }) => id));
  return [
    ...[...there.keys()].filter((key) => !known.has(key)).map((key) => `${key} belongs to nothing`),
    ...[...known].filter(([key, size]) => there.get(key) !== size).map(([key]) => `${key} is missing, or has another size`),
    ...[...acked.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was acknowledged and is not in the database`),
  ];
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
