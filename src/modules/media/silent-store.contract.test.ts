import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppWithTeam, openAppWithTeam } from '../../../test/harness/app-with-team.ts';
import { downloads, uploads } from '../../../test/harness/files.ts';
import { appends, newUpload, offsetOf } from '../../../test/harness/resumable.ts';
import type { Actor } from '../../../test/harness/team.ts';

/** What the store may stay silent, twice for bytes that it does not take, and time for a machine under load. */
const boundMs = 30_000;
const refusal = { code: 'unavailable', status: 503, retryAfter: 2, detail: expect.stringContaining('Messages go on') as string };

const configs = {
  S3: (url: string) => ({ s3Endpoint: url, s3Bucket: 'confab', s3AccessKey: 'somebody', s3SecretKey: 'a-secret' }),
  Azure: (url: string) => ({
    azureConnectionString: `DefaultEndpointsProtocol=http;AccountName=somebody;AccountKey=YS1zZWNyZXQ=;BlobEndpoint=${url}/somebody;`,
    azureContainer: 'confab',
  }),
};

describe.each(['S3', 'Azure'] as const)('%s', (kind) => {
  let isSilent = false;
  let store: Server;
  let opened: AppWithTeam;
  let ana: Actor;
  beforeAll(async () => {
    // Takes every object, until it only lets connections in.
    store = createServer((request, response) => {
      if (isSilent) return;
      request.resume().on('end', () => response.writeHead(kind === 'S3' ? 200 : 201, { ETag: '"one"' }).end());
    });
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((store.address() as AddressInfo).port)}`;
    opened = await openAppWithTeam({ config: configs[kind](url) });
    ana = await opened.team.actor('ana');
  });
  afterAll(async () => {
    await opened.close();
    store.closeAllConnections();
    await new Promise((resolve) => store.close(resolve));
  });

  const storage = async () => (await opened.team.owner).api.ok<object>('GET', '/admin/storage');

  test('while the store hangs, uploads and downloads answer 503 in time and leave nothing, and messages go on', async () => {
    const content = Buffer.alloc(10_000_000, 'x');
    const file = await uploads(ana, 'abc');
    const address = await newUpload(ana, { size: content.length, body: content.subarray(0, 1_000) });
    const before = await storage();
    isSilent = true;
    const begunAt = performance.now();
    const asked = Promise.all([
      uploads(ana, 'small').catch((error: unknown) => (error as { problem: unknown }).problem),
      uploads(ana, content.subarray(0, 7_000_000)).catch((error: unknown) => (error as { problem: unknown }).problem),
      uploads(ana, content).catch((error: unknown) => (error as { problem: unknown }).problem),
      appends(ana, address, { offset: 1_000, bytes: content.subarray(1_000) }).then((answer) => answer.json()),
      downloads(ana, file).then((answer) => answer.json()),
      downloads(ana, file, { Range: 'bytes=0-1' }).then((answer) => answer.json()),
    ]);
    const { id } = await ana.opens('group', []);
    expect((await ana.posts(id, 'meanwhile')).seq).toBe(1);
    expect(performance.now() - begunAt).toBeLessThan(10_000);
    for (const answer of await asked) expect(answer).toMatchObject(refusal);
    expect(performance.now() - begunAt).toBeLessThan(boundMs);
    expect(await storage()).toEqual(before);
    expect(await offsetOf(ana, address)).toBe(1_000);
    isSilent = false;
    expect((await appends(ana, address, { offset: 1_000, bytes: content.subarray(1_000, 2_000) })).status).toBe(204);
    expect(await offsetOf(ana, address)).toBe(2_000);
  }, 90_000);
});
