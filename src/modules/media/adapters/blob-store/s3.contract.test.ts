import { jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownBucket } from '../../../../../test/harness/minio.ts';
import { requireService } from '../../../../../test/harness/services.ts';
import { minutes } from '../../../../kernel/clock.ts';
import { newBlobKey } from '../../domain/blob-key.ts';
import { blobStoreSuite } from './blob-store.suite.ts';
import { testsOfObjectStore } from './object-stores.fixture.ts';
import { type S3Options, S3BlobStore } from './s3.ts';

const allButDate = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

requireService('minio').describe('MinIO', (endpoint) => {
  let options: S3Options;
  let store: S3BlobStore;

  beforeAll(async () => {
    const { s3Bucket, s3AccessKey, s3SecretKey } = await ownBucket(endpoint);
    options = { endpoint, bucket: s3Bucket, accessKey: s3AccessKey, secretKey: s3SecretKey, region: 'us-east-1' };
    store = new S3BlobStore(options);
    await store.prepare();
  });

  const traces = async (): Promise<number> => (await store.list(null, 1_000)).length;
  blobStoreSuite(() => ({ store, traces }));

  testsOfObjectStore(
    () => store,
    () => {
      // By another name than the server's: the signature names the host.
      const origin = new URL(endpoint.replace('127.0.0.1', 'localhost')).origin;
      return { store: new S3BlobStore({ ...options, directOrigin: origin }), origin };
    },
  );

  test('at Amazon an address has the bucket in the name of its host', async () => {
    const directOrigin = 'https://confab.s3.eu-central-1.amazonaws.com';
    const amazon = new S3BlobStore({
      ...options,
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      bucket: 'confab',
      region: 'eu-central-1',
      directOrigin,
    });
    const address = await amazon.address('key', { contentType: 'image/png', contentDisposition: 'inline', holdsSeconds: 300 });
    expect(address).toMatch(/^https:\/\/confab\.s3\.eu-central-1\.amazonaws\.com\/media\/key\?.*X-Amz-Expires=300/);
  });

  test.each([
    ['another bucket', { bucket: 'confab-nowhere' }, 'the bucket of S3_BUCKET is not there'],
    ['a key that is not known', { accessKey: 'nobody-here' }, 'does not know S3_ACCESS_KEY'],
    ['another secret', { secretKey: 'wrong-secret' }, 'S3_SECRET_KEY does not belong'],
    ['an address where nobody listens', { endpoint: 'http://127.0.0.1:9' }, 'nobody listens at S3_ENDPOINT'],
  ])('a start with %s says so', async (_what, changed, words) => {
    await expect(new S3BlobStore({ ...options, ...changed }).prepare()).rejects.toThrow(words);
  });

  test('a clock that differs by more than 15 minutes is said to, and files are refused', async () => {
    jest.useFakeTimers({ now: Date.now() + minutes(20), doNotFake: allButDate });
    try {
      await expect(store.prepare()).rejects.toThrow('cannot write: the clocks of this machine and of the store differ');
      await expect(store.put(newBlobKey(), one('x'))).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      jest.useRealTimers();
    }
    await store.prepare();
  });

  test('a key that may only read is said to be one', async () => {
    const readOnly = createServer((_request, response) => {
      response
        .writeHead(403, { 'Content-Type': 'application/xml' })
        .end('<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>');
    });
    const url = await listening(readOnly);
    await expect(new S3BlobStore({ ...options, endpoint: url }).prepare()).rejects.toThrow('cannot write: S3_ACCESS_KEY may not do this');
    readOnly.close();
  });

  test('a store that is away refuses at once, for a while, and with no word of it', async () => {
    const gone = new S3BlobStore({ ...options, endpoint: 'http://127.0.0.1:9' });
    const refusal = await gone.put(newBlobKey(), one('x')).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unavailable', retryAfter: 2, detail: expect.stringContaining('Messages go on') });
    expect((refusal as Error).message).not.toContain('127.0.0.1');
    await expect(gone.read(newBlobKey())).rejects.toMatchObject({ code: 'unavailable' });
  });
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
