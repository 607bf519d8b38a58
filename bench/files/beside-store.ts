import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'minio';
import { median } from '../rig/statistics.ts';
import { keepBusy, putOne, uploadBytes, uploadOne } from '../rig/upload-client.ts';
import type { Verdict } from './large.ts';
import type { Place } from './uploader.ts';

const atOnce = 20;
const rounds = 3;
const warmMs = 2_000;
/** What uploads through the server shall reach of those into the store itself. */
const goal = 0.5;

interface StoreEnv {
  readonly endpoint: string;
  readonly bucket: string;
}

/** The object store that the environment names, as the server reads it; null where it names none. */
export function storeOf({ S3_ENDPOINT: endpoint, S3_BUCKET: bucket }: NodeJS.ProcessEnv): StoreEnv | null {
  return endpoint === undefined || bucket === undefined ? null : { endpoint, bucket };
}

/** Uploads through the server beside uploads into its object store by signed addresses, 20 at once, in turns. */
export async function besideStore(place: Place, { endpoint, bucket }: StoreEnv, seconds: number): Promise<Verdict> {
  const client = clientAt(endpoint);
  const through: number[] = [];
  const direct: number[] = [];
  for (let round = 0; round < rounds; round++) {
    direct.push(await rateOf(async () => putOne(await client.presignedPutObject(bucket, `bench/${randomUUID()}`, 600)), seconds));
    through.push(await rateOf(() => uploadOne({ ...place, dialect: 'form' }), seconds));
  }
  const ratios = through.map((rate, round) => rate / (direct[round] ?? NaN));
  const [ratio, spread] = [median(ratios), Math.max(...ratios) / Math.min(...ratios)];
  const line = `uploads into the store, 20 at once: ${median(direct).toFixed(0)} MB/s, through the server ${median(through).toFixed(0)} MB/s: ${ratio.toFixed(2)} × (goal ≥ ${String(goal)} ×, spread ${spread.toFixed(2)})`;
  return { line, faults: ratio < goal ? [`less than ${String(goal)} × of the store itself`] : [] };
}

/** Makes the bucket where it is not there. */
export async function withBucket({ endpoint, bucket }: StoreEnv): Promise<void> {
  const client = clientAt(endpoint);
  if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket);
}

function clientAt(endpoint: string): Client {
  const { hostname, port, protocol } = new URL(endpoint);
  const { S3_ACCESS_KEY: accessKey = '', S3_SECRET_KEY: secretKey = '', S3_REGION: region = 'us-east-1' } = process.env;
  return new Client({
    endPoint: hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    useSSL: protocol === 'https:',
    accessKey,
    secretKey,
    region,
  });
}

/** MB/s. */
async function rateOf(upload: () => Promise<void>, seconds: number): Promise<number> {
  const load = keepBusy(atOnce, upload);
  await sleep(warmMs);
  const before = load.done();
  const since = performance.now();
  await sleep(seconds * 1_000);
  const done = load.done() - before;
  const took = (performance.now() - since) / 1_000;
  await load.end();
  return (done * uploadBytes) / 2 ** 20 / took;
}
