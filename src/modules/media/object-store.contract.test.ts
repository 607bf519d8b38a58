import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { type AppWithTeam, openAppWithTeam } from '../../../test/harness/app-with-team.ts';
import { ownContainer } from '../../../test/harness/azurite.ts';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { downloads, links, uploads } from '../../../test/harness/files.ts';
import { ownBucket } from '../../../test/harness/minio.ts';
import { appends, newUpload, offsetOf, uploadAt } from '../../../test/harness/resumable.ts';
import { openCliApp } from '../../host/cli-app.ts';
import { mediaCommand } from '../../host/media-command.ts';
import { requireService } from '../../../test/harness/services.ts';
import { noise } from './adapters/previews/pictures.fixture.ts';
import { blobStoreAt } from './adapters/blob-stores.ts';
import { objectStoreOf } from './config.ts';
import { newBlobKey } from './domain/blob-key.ts';
import type { Actor } from '../../../test/harness/team.ts';

requireService('minio').describe('files in an object store', (endpoint) => {
  let wire: CutWire & { readonly url: string };
  let opened: AppWithTeam;
  let ana: Actor;
  beforeAll(async () => {
    wire = await CutWire.to(endpoint);
    opened = await openAppWithTeam({ config: { ...(await ownBucket(endpoint)), s3Endpoint: new URL(wire.url).origin } });
    ana = await opened.team.actor('ana');
  });
  afterAll(async () => {
    await opened.close();
    await wire.close();
  });

  test('are held against the bucket by the command line, which removes what belongs to no file', async () => {
    const cliApp = await openCliApp(opened.app.config);
    const lines: string[] = [];
    const media = (...args: string[]) => mediaCommand(args)(cliApp, (line) => lines.push(line));
    await uploads(ana, 'text');
    const blobs = await blobStoreAt(objectStoreOf(opened.app.config), '');
    await blobs.put(newBlobKey(), Readable.from([Buffer.from('stray')]));
    expect(await media('check', '--digest')).toBe(0);
    // What the start of the command tries with is there for a moment.
    await eventually(async () => {
      await media('sweep', '--dry-run', '--all');
      expect(lines.at(-1)).toBe('Objects of no file: 1 (5 bytes). Nothing was removed.');
    });
    await media('sweep', '--all');
    expect(lines.at(-1)).toBe('Objects of no file: 1 (5 bytes). They were removed.');
    await cliApp.close();
  });

  const ready = async () => (await (await fetch(`${opened.app.url}/health/ready`)).json()) as { status: string; checks: object[] };

  test('come back as they went, whole and in part', async () => {
    const content = randomBytes(20_000_000);
    const file = await uploads(ana, content, { name: 'Отчёт & план.bin' });
    const whole = await downloads(ana, file);
    expect(
      createHash('sha256')
        .update(Buffer.from(await whole.arrayBuffer()))
        .digest('hex'),
    ).toBe(file.sha256);
    const part = await downloads(ana, file, { Range: 'bytes=-3' });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, content.subarray(-3)]);
  });

  test('wait while the store is away in the middle of an upload, and are whole after its return; messages go on', async () => {
    const content = randomBytes(24_000_000);
    const address = await newUpload(ana, { size: content.length, body: content.subarray(0, 9_000_000) });
    wire.cut();
    const refused = await appends(ana, address, { offset: 9_000_000, bytes: content.subarray(9_000_000) });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'unavailable', retryAfter: 2, detail: expect.stringContaining('Messages go on') });
    const { id } = await ana.opens('group', []);
    expect((await ana.posts(id, 'meanwhile')).seq).toBe(1);
    await eventually(async () => {
      expect((await ready()).checks).toContainEqual({ name: 'files', ok: false, required: false });
    }, 15_000);
    expect((await ready()).status).toBe('ok');
    wire.mend();
    const offset = (await offsetOf(ana, address)) ?? -1;
    expect(offset).toBeGreaterThanOrEqual(9_000_000);
    expect((await appends(ana, address, { offset, bytes: content.subarray(offset) })).status).toBe(204);
    expect((await uploadAt(ana, address)).attachment?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  }, 60_000);
});

requireService('azurite').describe('files in Azure', (connectionString) => {
  let opened: AppWithTeam;
  beforeAll(async () => {
    opened = await openAppWithTeam({ config: await ownContainer(connectionString) });
  });
  afterAll(() => opened.close());

  test('come back as they went, whole, in part, and after an upload in several requests', async () => {
    const ana = await opened.team.actor('ana');
    const content = randomBytes(20_000_000);
    const file = await uploads(ana, content, { name: 'Отчёт & план.bin' });
    const whole = await downloads(ana, file);
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    const part = await downloads(ana, file, { Range: 'bytes=-3' });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, content.subarray(-3)]);
    const address = await newUpload(ana, { size: content.length, body: content.subarray(0, 9_000_000) });
    expect((await appends(ana, address, { offset: 9_000_000, bytes: content.subarray(9_000_000) })).status).toBe(204);
    expect((await uploadAt(ana, address)).attachment?.sha256).toBe(file.sha256);
  });
});

requireService('azurite').describe('players that get files from Azure', (connectionString) => {
  const [, url = ''] = /BlobEndpoint=([^;]+)/.exec(connectionString) ?? [];
  const { origin: mediaOrigin } = new URL(url);
  let opened: AppWithTeam;
  beforeAll(async () => {
    opened = await openAppWithTeam({ config: { ...(await ownContainer(connectionString)), mediaOrigin } });
  });
  afterAll(() => opened.close());

  test('get what they play there, the rest from the server, and the page may load from there', async () => {
    const [ana, boris] = await opened.team.actors('ana', 'boris');
    const picture = await uploads(ana, await noise(30, 20), { name: 'картинка.png' });
    const text = await uploads(ana, 'a text');
    const link = await links(ana, picture);
    expect(link.url.startsWith(`${mediaOrigin}/`)).toBe(true);
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    const answer = await fetch(link.url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, picture.mimeType]);
    await answer.body?.cancel();
    expect((await links(ana, text)).url).toMatch(/^\/api\/v1\/media\//);
    await expect(links(boris, picture)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    const policy = (await fetch(opened.app.url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`img-src 'self' data: blob: ${mediaOrigin};`);
    expect(policy).toContain(`media-src 'self' blob: ${mediaOrigin};`);
    expect(policy).toContain(`connect-src 'self';`);
  });
});
