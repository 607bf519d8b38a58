import { buildSync } from 'esbuild';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onServerCore } from './pinning.ts';
import { layout, people, type Conversations, type Population } from './population.ts';
import { embeddedUrl } from './embedded-url.ts';
import { holdIndex } from './held-index.ts';
import { prepared, type Change, type Prepared } from './prepared-team.ts';
import { root, type System } from './running.ts';
import { requireFree, StartedProcess } from './started-process.ts';

const rawPort = 21_970;

export function rawSystem(): System {
  const script = path.join(root, 'node_modules/.cache/confab-bench/raw-server.mjs');
  mkdirSync(path.dirname(script), { recursive: true });
  buildSync({
    entryPoints: [path.join(root, 'bench/raw-server.ts')],
    outfile: script,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  return {
    name: 'raw',
    start: async () => {
      await requireFree(rawPort);
      const process = new StartedProcess({ command: onServerCore(['node', script]), port: rawPort, env: { NODE_ENV: 'production' } });
      const readyMs = await process.ready();
      return {
        pids: [process.pid],
        ports: [rawPort],
        population: rawPopulation(),
        files: 'plain',
        readyMs,
        stop: async () => {
          await process.stop();
        },
      };
    },
  };
}

/** Confab as `npm start` runs it, unless something of it is otherwise, each time on a fresh copy of the same prepared team. */
export function confabSystem(name = 'confab', change: Change = {}): System {
  let team: Prepared | undefined;
  return {
    name,
    start: async () => {
      team ??= await prepared();
      const running = await team.startCopy(change);
      if (change.holdsIndex === true) await holdIndex(embeddedUrl(running.dataDir));
      return running;
    },
  };
}

function rawPopulation(): Population {
  const conversations: Conversations = {
    room200: 'room200',
    room1000: 'room1000',
    pairs: Array.from({ length: layout.pairs }, (_, k) => `pair${String(k)}`),
  };
  return {
    conversations: padded(conversations),
    tokens: Array.from({ length: people }, (_, number) => rawToken(number, padded(conversations))),
  };
}

function rawToken(number: number, { room200, room1000, pairs }: Conversations): string {
  const conversationIds = [pairs[number >> 1], room1000, ...(number < layout.room200 ? [room200] : [])];
  return Buffer.from(JSON.stringify({ sub: asUuid(`person${String(number)}`), conversationIds })).toString('base64url');
}

function padded({ room200, room1000, pairs }: Conversations): Conversations {
  return { room200: asUuid(room200), room1000: asUuid(room1000), pairs: pairs.map(asUuid) };
}

/** A name stretched to the length of an id, so that both systems carry equal bytes. */
function asUuid(name: string): string {
  return name.padEnd(36, '-');
}
