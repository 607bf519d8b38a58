import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { keepBusy, uploadBytes, uploadOne } from '../rig/upload-client.ts';
import type { Running } from '../rig/running.ts';
import { gather, range, type Crowd } from './crowd.ts';
import { pace } from './paced.ts';
import { problemsOf } from './problems.ts';
import type { Plan, Workload } from './workload.ts';

const atOnce = 20;
const chatRate = 200;
const chatPairs = 50;

/** How fast 20 uploads at once come in, as fast as they can; and what people who write wait for while 20 come in over lines and previews of 20 pictures are made. */
export const uploads: Workload = {
  name: 'uploads',
  run: async (running, plan) => {
    const megabytes = await saturated(running, plan);
    const crowd = await gatherSome(running);
    try {
      const pacing = { warmMs: plan.warmMs, measureMs: plan.measureMs, rate: chatRate, timed: 'everyone' } as const;
      const quiet = await pace(running, crowd, pacing);
      const stop = await busyWithFiles(running);
      const busy = await pace(running, crowd, pacing);
      await stop();
      return {
        values: {
          uploadMbPerSecond: megabytes,
          quietP99Ms: quiet.p99Ms,
          busyP99Ms: busy.p99Ms,
          busyGrowth: busy.p99Ms / quiet.p99Ms,
        },
        problems: [...problemsOf('quiet', quiet.faults, quiet.firstRefusal), ...problemsOf('busy', busy.faults, busy.firstRefusal)],
      };
    } finally {
      crowd.close();
    }
  },
};

async function saturated(running: Running, { warmMs, measureMs }: Plan): Promise<number> {
  const load = keepBusy(atOnce, () => uploadOne(targetOf(running)));
  await sleep(warmMs);
  const before = load.done();
  const since = performance.now();
  await sleep(measureMs);
  const done = load.done() - before;
  const seconds = (performance.now() - since) / 1000;
  await load.end();
  return (done * uploadBytes) / 2 ** 20 / seconds;
}

const targetOf = ({ ports, population, files }: Running) => ({ port: ports[0]!, token: population.tokens[0]!, dialect: files });

/** 20 uploads over lines of their own, and 20 pictures at once whose previews are made, until the answered function is called. */
async function busyWithFiles(running: Running): Promise<() => Promise<void>> {
  const loads = [keepBusy(atOnce, () => uploadOne({ ...targetOf(running), isOverLine: true }))];
  if (running.files === 'form') {
    const picture = await photo();
    loads.push(keepBusy(atOnce, () => untilPreviewed(running, picture)));
  }
  return async () => {
    for (const load of loads) await load.end();
  };
}

/** As a telephone takes it: 12 megapixels. */
async function photo(): Promise<Blob> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 8 };
  const picture = sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#888', noise } }).jpeg();
  return new Blob([new Uint8Array(await picture.toBuffer())]);
}

/** Posts a picture that nobody posted before, and asks for its thumbnail until there is one. */
async function untilPreviewed({ ports, population }: Running, picture: Blob): Promise<void> {
  const address = `http://127.0.0.1:${String(ports[0]!)}/api/v1/media`;
  const headers = { Authorization: `Bearer ${population.tokens[0]!}`, 'X-Client': 'api' };
  const form = new FormData();
  form.set('file', new Blob([picture, randomUUID()], { type: 'image/jpeg' }), 'bench.jpg');
  const answer = await fetch(address, { method: 'POST', headers, body: form });
  const { id } = (await answer.json()) as { id: string };
  for (let tries = 0; tries < 240; tries++) {
    const thumbnail = await fetch(`${address}/${id}/thumbnail`, { headers });
    await thumbnail.arrayBuffer();
    if (thumbnail.ok) return;
    await sleep(500);
  }
  throw new Error('a picture of the bench has no thumbnail after two minutes');
}

function gatherSome(running: Running): Promise<Crowd> {
  const seatings = running.population.conversations.pairs
    .slice(0, chatPairs)
    .map((conversationId, k) => ({ conversationId, members: range(2 * k, 2 * k + 2), writers: 1 }));
  return gather(running, seatings);
}
