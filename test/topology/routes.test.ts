import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../src/contracts/errors.ts';
import type { Config } from '../../src/host/config.ts';
import { openTestApp } from '../harness/app.ts';
import { echoBytes, type EchoWatch, modulesWithEcho } from '../harness/echo-module.ts';
import { eventually } from '../harness/eventually.ts';
import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { allBut, openSplit, type Split } from '../harness/split.ts';
import { type Actor, Team } from '../harness/team.ts';

let calls: EchoWatch['calls'];
beforeEach(() => {
  calls.length = 0;
});
beforeAll(() => {
  calls = [];
});

const modules = () => modulesWithEcho({ calls });

/** What holds wherever the module runs. */
async function playRoutes(url: string, actor: Actor): Promise<void> {
  const headers = { Authorization: `Bearer ${actor.session.accessToken}` };
  const bytes = randomBytes(5_000_000);
  const answer = await fetch(`${url}/api/v1/echo?note=ä`, { method: 'POST', headers, body: bytes });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  const form = await fetch(`${url}/api/v1/echo/form`, { method: 'POST', headers, body: new URLSearchParams({ note: 'hi' }) });
  expect(await form.json()).toEqual({ note: 'hi', userId: actor.id });
  const away = await fetch(`${url}/api/v1/echo/away?note=there`, { headers, redirect: 'manual' });
  expect([away.status, away.headers.get('location')]).toEqual([303, '/there']);
  const wrong = await fetch(`${url}/api/v1/echo/away?note=${'x'.repeat(101)}`, { headers });
  expect(Problem.parse(await wrong.json())).toMatchObject({ code: 'validation_failed', errors: [{ path: 'note' }] });
  expect((await fetch(`${url}/api/v1/echo`, { method: 'POST', body: 'x' })).status).toBe(401);
  expect((await fetch(`${url}/api/v1/echo`, { headers })).status).toBe(405);
}

/** A client that leaves in the middle of its upload. */
async function playLeaving(url: string, actor: Actor): Promise<void> {
  const leaving = httpRequest(`${url}/api/v1/echo`, { method: 'POST', headers: { Authorization: `Bearer ${actor.session.accessToken}` } });
  leaving.on('error', () => undefined);
  leaving.write(randomBytes(100_000));
  await once(leaving, 'response');
  const before = performance.now();
  leaving.destroy();
  await eventually(() => {
    expect((calls.at(-1)?.goneAt ?? Infinity) - before).toBeLessThan(1_000);
  });
}

test('routes of one process', async () => {
  const app = await openTestApp({ definitions: modules() });
  const team = await Team.create([app.url], app.config.dataDir);
  try {
    const [ana] = await team.scene('solo').actors('ana');
    await playRoutes(app.url, ana);
    await playLeaving(app.url, ana);
  } finally {
    await team.leaves();
    await app.close();
  }
});

requireService('redis').describe('routes of equal nodes', (redisUrl) => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await openReplicas([redisUrl, redisUrl], {}, modules());
  });
  afterAll(() => replicas.close());

  test('are answered by each', async () => {
    const [ana] = await replicas.team.scene('replicas').actors('ana');
    for (const { url } of replicas.nodes) await playRoutes(url, ana);
  });
});

const parts: Readonly<Record<'gateway' | 'core' | 'presence', Partial<Config>>> = {
  gateway: { modules: [] },
  core: { modules: allBut('presence'), transports: [] },
  presence: { modules: ['presence'], transports: [] },
};

requireService('rabbitmq').describe('routes of a process behind a gateway', (amqpUrl) => {
  let split: Split<keyof typeof parts>;
  let child: ChildProcess;
  let url: string;
  let ana: Actor;

  beforeAll(async () => {
    split = await openSplit(amqpUrl, parts, modules());
    [ana] = await split.team.scene('split').actors('ana');
    ({ child, url } = await gatewayProcess());
  });
  afterAll(async () => {
    const gone = once(child, 'exit');
    child.stdin?.end();
    await gone;
    await split.close();
  });

  /** Another gateway of the team, whose memory is its own. */
  async function gatewayProcess(): Promise<{ child: ChildProcess; url: string }> {
    const config = JSON.stringify({ ...split.at('gateway').config, port: 0 });
    const made = spawn(process.execPath, ['--import', 'tsx', join(process.cwd(), 'test', 'harness', 'gateway-child.ts'), config], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] },
    });
    const [port] = (await once(createInterface({ input: made.stdout }), 'line')) as [string];
    const found = `http://127.0.0.1:${port}`;
    // A gateway that has just started learns within a second or two which processes there are.
    await eventually(async () => {
      const { checks } = (await (await fetch(`${found}/health/ready`)).json()) as { checks: { name: string; ok: boolean }[] };
      expect(checks).toContainEqual(expect.objectContaining({ name: 'module presence', ok: true }));
    }, 30_000);
    return { child: made, url: found };
  }

  test('are answered as if it were here', async () => {
    await playRoutes(split.at('gateway').url, ana);
    await playRoutes(url, ana);
  });

  test('end within a second when the client leaves', async () => {
    await playLeaving(url, ana);
  });

  test('carry a gigabyte through the gateway, which keeps none of it', async () => {
    // A process that begins to work grows to what V8 allots to short-lived values, whatever passes through it: as much has passed before.
    await throughEcho(url, ana, echoBytes);
    const before = residentBytes(child);
    let peak = 0;
    const watching = setInterval(() => (peak = Math.max(peak, residentBytes(child))), 50);
    const { sent, received } = await throughEcho(url, ana, echoBytes);
    clearInterval(watching);
    expect(received).toEqual(sent);
    expect((peak - before) / 2 ** 20).toBeLessThan(40);
  }, 240_000);

  test('are unavailable while the process is away, and answered when it is back', async () => {
    const headers = { Authorization: `Bearer ${ana.session.accessToken}` };
    await split.at('presence').stop();
    const away = await fetch(`${url}/api/v1/echo/away`, { headers, redirect: 'manual' });
    expect(Problem.parse(await away.json())).toMatchObject({ code: 'unavailable', status: 503 });
    await split.restart('presence');
    await eventually(async () => {
      expect((await fetch(`${url}/api/v1/echo/away`, { headers, redirect: 'manual' })).status).toBe(303);
    });
  });
});

const residentBytes = ({ pid }: ChildProcess): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) * 1_024;

interface Sum {
  readonly bytes: number;
  readonly sha1: string;
}

async function throughEcho(url: string, actor: Actor, size: number): Promise<{ sent: Sum; received: Sum }> {
  const block = randomBytes(2 ** 18);
  const out = summing();
  const back = summing();
  const upload = httpRequest(`${url}/api/v1/echo`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${actor.session.accessToken}`, 'Content-Length': size },
  });
  const answered = once(upload, 'response') as Promise<[Readable]>;
  const sending = pipeline(
    Readable.from(
      (function* () {
        for (let at = 0; at < size; at += block.length) yield block;
      })(),
      { objectMode: false },
    ),
    out.through,
    upload,
  );
  const [answer] = await answered;
  await Promise.all([sending, pipeline(answer, back.through.resume())]);
  return { sent: out.sum(), received: back.sum() };
}

function summing(): { through: Transform; sum: () => Sum } {
  const hash = createHash('sha1');
  let bytes = 0;
  const through = new Transform({
    transform(part: Buffer, _encoding, done) {
      hash.update(part);
      bytes += part.length;
      done(null, part);
    },
  });
  return { through, sum: () => ({ bytes, sha1: hash.digest('hex') }) };
}
