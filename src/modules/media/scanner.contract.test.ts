import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { type AppWithTeam, openAppWithTeam } from '../../../test/harness/app-with-team.ts';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { Refused } from '../../../test/harness/device.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../test/harness/files.ts';
import { appends, newUpload } from '../../../test/harness/resumable.ts';
import { requireService } from '../../../test/harness/services.ts';
import type { Actor } from '../../../test/harness/team.ts';
import { ClamdScanner } from './adapters/scanner/clamd.ts';
import { scannerFinding } from './adapters/scanners.ts';

/** The file by which scanners are tested (eicar.org), put together here so that none takes this file for it. */
const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''));

const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.catch((failure: unknown) => failure);
  if (error instanceof Refused) return error.problem;
  throw new Error('nothing was refused');
};

const stored = async ({ app }: AppWithTeam): Promise<number> => {
  const entries = await readdir(join(app.config.dataDir, 'media'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

requireService('clamav').describe('uploads with clamd', (url) => {
  let wire: CutWire & { readonly url: string };
  let opened: AppWithTeam;
  let ana: Actor;
  beforeAll(async () => {
    wire = await CutWire.to(url);
    opened = await openAppWithTeam({ config: { clamavUrl: wire.url } });
    ana = await opened.team.actor('ana');
  });
  afterAll(async () => {
    await opened.close();
    await wire.close();
  });

  test('are taken where it finds nothing, and refused by the name of what it finds, without a byte left', async () => {
    const content = randomBytes(5_000_000);
    const file = await uploads(ana, content);
    expect(Buffer.from(await (await downloads(ana, file)).arrayBuffer()).equals(content)).toBe(true);
    const before = await stored(opened);
    expect(await refusalOf(uploads(ana, eicar))).toMatchObject({
      code: 'malware_found',
      status: 422,
      detail: 'The virus scanner found Eicar-Test-Signature.UNOFFICIAL in this file. It was not stored.',
    });
    expect(await stored(opened)).toBe(before);
  });

  test('that can go on after a cut are looked into once they are whole', async () => {
    const before = await stored(opened);
    const address = await newUpload(ana, { size: eicar.length, body: eicar.subarray(0, 10) });
    const last = await appends(ana, address, { offset: 10, bytes: eicar.subarray(10) });
    expect(last.status).toBe(422);
    expect(await last.json()).toMatchObject({ code: 'malware_found' });
    expect((await appends(ana, address, { offset: 10, bytes: eicar.subarray(10) })).status).toBe(404);
    await eventually(async () => expect(await stored(opened)).toBe(before));
  });

  test('of more bytes than it takes are refused with what an admin can do', async () => {
    // Without the wire, which loses what clamd says in the instant before it closes. Several times: clamd closes while bytes are on their way.
    for (let n = 0; n < 10; n++)
      await expect(new ClamdScanner(url).scan(large())).rejects.toMatchObject({
        code: 'payload_too_large',
        detail: expect.stringContaining('StreamMaxLength') as string,
      });
  });

  test('wait while it is away, which the health page says; messages go on', async () => {
    const before = await stored(opened);
    wire.cut();
    expect(await refusalOf(uploads(ana, 'text'))).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 10 });
    const address = await newUpload(ana, { size: 4, body: Buffer.from('te') });
    expect((await appends(ana, address, { offset: 2, bytes: Buffer.from('xt') })).status).toBe(503);
    const { checks } = (await (await fetch(`${opened.app.url}/health/ready`)).json()) as { checks: { name: string; ok: boolean }[] };
    expect(checks.find(({ name }) => name === 'scanner')).toMatchObject({ ok: false });
    const { id } = await ana.opens('group', []);
    expect((await ana.posts(id, 'meanwhile')).seq).toBe(1);
    wire.mend();
    expect((await uploads(ana, 'text')).size).toBe(4);
    expect((await appends(ana, address, { offset: 4, bytes: Buffer.alloc(0) })).status).toBe(204);
    expect(await stored(opened)).toBe(before + 1);
  });

  test('are named by the doctor with what looks into them', async () => {
    expect(await scannerFinding(new ClamdScanner(url))).toEqual([
      { ok: true, what: expect.stringMatching(/^uploads are looked into by ClamAV \d/) as string },
    ]);
  });
});

async function* large(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < 36; n++) yield await Promise.resolve(randomBytes(256 * 1024));
}

/** What listens where clamd should. */
async function impostor(answers: (socket: Socket, isFirst: boolean) => void): Promise<{ url: string; close: () => void }> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    answers(socket, count++ === 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `tcp://127.0.0.1:${String((server.address() as AddressInfo).port)}`, close: () => server.close() };
}

async function* some(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('text'));
}

describe('a clamd whose last words were lost as it closed', () => {
  test.each([
    ['a file is too large where it still answers', 'ClamAV 1.4.3/27000\0', 'payload_too_large'],
    ['nothing is taken where it does not', null, 'unavailable'],
  ])('%s', async (_, version, code) => {
    const { url, close } = await impostor((socket, isFirst) => {
      if (isFirst) socket.once('data', () => socket.resetAndDestroy());
      else if (version === null) socket.destroy();
      else socket.end(version);
    });
    await expect(new ClamdScanner(url).scan(large())).rejects.toMatchObject({ code });
    close();
  });
});

describe('what is no clamd', () => {
  test.each([
    ['says nothing', () => undefined],
    ['answers in another protocol', (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n\0')],
    ['answers without an end', (socket: Socket) => socket.write('x'.repeat(10_000))],
  ])('is no reason to take a file unseen: one that %s', async (_, answers) => {
    const { url, close } = await impostor(answers);
    const scanner = new ClamdScanner(url, { silenceMs: 200 });
    await expect(scanner.scan(some())).rejects.toMatchObject({ code: 'unavailable' });
    expect(await scannerFinding(scanner)).toEqual([
      { ok: false, what: expect.stringMatching(/^nothing can be uploaded: .+ Start clamd, or correct or remove CLAMAV_URL$/) as string },
    ]);
    close();
  });

  test('is named by the doctor where nothing listens', async () => {
    const { url, close } = await impostor(() => undefined);
    close();
    expect(await scannerFinding(new ClamdScanner(url))).toEqual([{ ok: false, what: expect.stringContaining('ECONNREFUSED') as string }]);
  });
});
