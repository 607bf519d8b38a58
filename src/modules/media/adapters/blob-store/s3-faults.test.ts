import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { newBlobKey } from '../../domain/blob-key.ts';
import { S3BlobStore, type S3Options } from './s3.ts';

const answersWithinMs = 300;
/** Node waits twice for bytes that nobody takes; then a machine under load needs its time. */
const boundMs = 5_000;

const closing: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(closing.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function storeAt(server: Server, options: Partial<S3Options> = {}): Promise<S3BlobStore> {
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return new S3BlobStore({ endpoint, bucket: 'confab', accessKey: 'somebody', secretKey: 'a-secret', region: 'us-east-1', ...options });
}

const bytes = async function* (length: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.alloc(length));
};

/** The rejection, which comes in time. */
async function refused(work: Promise<unknown>): Promise<unknown> {
  const begunAt = performance.now();
  const refusal = await work.then(
    () => 'no refusal',
    (error: unknown) => error,
  );
  expect(performance.now() - begunAt).toBeLessThan(boundMs);
  return refusal;
}

const away = {
  code: 'unavailable',
  retryAfter: 2,
  detail: expect.stringContaining('Messages go on') as string,
  cause: { message: 'nothing answers at S3_ENDPOINT, or the store hangs' },
};

describe.each([
  ['takes bytes', (socket: Socket) => socket.resume()],
  ['takes no bytes', (socket: Socket) => socket.pause()],
])('a store that lets connections in, %s and never answers', (_what, met) => {
  let store: S3BlobStore;
  beforeEach(async () => {
    store = await storeAt(createServer(met), { answersWithinMs });
  });

  test.each([
    ['a small file', 5],
    ['a file of one piece', 7 * 2 ** 20],
    ['a file of several pieces', 20 * 2 ** 20],
  ])('refuses %s in time', async (_size, length) => {
    expect(await refused(store.put(newBlobKey(), bytes(length)))).toMatchObject(away);
  });

  test('refuses to read, to delete and to list in time', async () => {
    const key = newBlobKey();
    const all = [store.read(key), store.read(key, { start: 1, end: 2 }), store.delete(key), store.list(null, 1)];
    for (const refusal of await Promise.all(all.map(refused))) expect(refusal).toMatchObject(away);
  });

  test('is named by the start, by the doctor and by the health', async () => {
    expect(await refused(store.prepare())).toMatchObject({
      message: 'the store of files (S3) cannot write: nothing answers at S3_ENDPOINT, or the store hangs',
    });
    expect(await refused(store.state())).toMatchObject({ message: expect.stringContaining('or the store hangs') });
  });
});

test('a store that hangs in the middle of an upload of several pieces refuses it once', async () => {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method ?? ''} ${(request.url ?? '').replace(/^[^?]*/, '')}`);
    if (request.method !== 'POST') return;
    response.end('<InitiateMultipartUploadResult><UploadId>one</UploadId></InitiateMultipartUploadResult>');
  });
  const store = await storeAt(server, { answersWithinMs });
  expect(await refused(store.put(newBlobKey(), bytes(20 * 2 ** 20)))).toMatchObject(away);
  expect(asked.slice(0, 2)).toEqual(['POST ?uploads', 'PUT ?uploadId=one&partNumber=1']);
  expect(asked.filter((one) => one.startsWith('PUT'))).toHaveLength(1);
});

test('a list whose answer breaks off is refused in time, a file that a slow store sends is not', async () => {
  let send: (() => void) | undefined;
  const server = createHttpServer((request, response) => {
    response.write('begun ');
    if (request.url?.includes('?') === false) send = () => response.end('ended');
  });
  const store = await storeAt(server, { answersWithinMs });
  const file = await store.read(newBlobKey());
  expect(await refused(store.list(null, 1))).toMatchObject({ code: 'unavailable' });
  send?.();
  expect(await text(file)).toBe('begun ended');
});

describe('a start names', () => {
  // As Amazon S3 answers: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  test.each([
    [400, 'AuthorizationHeaderMalformed', 'S3_REGION is another one than that of the bucket'],
    [301, 'PermanentRedirect', 'the bucket lies in another region: set S3_REGION, and S3_ENDPOINT'],
    [403, 'RequestTimeTooSkewed', 'the clocks of this machine and of the store differ by more than 15 minutes'],
    [507, 'XMinioStorageFull', 'the store is full'],
    [405, 'MethodNotAllowed', 'the store takes no writes: it is read-only'],
    [503, 'SlowDown', 'the store answers 503: it starts, is overloaded'],
  ])('what a store means that answers %s %s', async (status, code, words) => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code><Message>No.</Message></Error>`);
    });
    const store = await storeAt(server);
    expect(await refused(store.prepare())).toMatchObject({ message: expect.stringContaining(`cannot write: ${words}`) });
    expect(await refused(store.put(newBlobKey(), bytes(20 * 2 ** 20)))).toMatchObject({ code: 'unavailable', retryAfter: 2 });
    expect(await refused(store.read(newBlobKey()))).toMatchObject({ code: 'unavailable', retryAfter: 2 });
  });
});
