import { randomBytes } from 'node:crypto';
import { ownContainer } from '../../../../../test/harness/azurite.ts';
import { requireService } from '../../../../../test/harness/services.ts';
import { newBlobKey } from '../../domain/blob-key.ts';
import { type AzureOptions, AzureBlobStore } from './azure.ts';
import { blobStoreSuite } from './blob-store.suite.ts';
import { testsOfObjectStore } from './object-stores.fixture.ts';

async function* inTurn(...parts: readonly (Buffer | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield await Promise.resolve(part);
  }
}

requireService('azurite').describe('Azurite', (connectionString) => {
  let options: AzureOptions;
  let store: AzureBlobStore;

  beforeAll(async () => {
    options = { connectionString, container: (await ownContainer(connectionString)).azureContainer };
    store = new AzureBlobStore(options);
    await store.prepare();
  });

  const traces = async (): Promise<number> => (await store.list(null, 1_000)).length;
  blobStoreSuite(() => ({ store, traces }));

  testsOfObjectStore(
    () => store,
    () => {
      const [, url = ''] = /BlobEndpoint=([^;]+)/.exec(connectionString) ?? [];
      const { origin } = new URL(url);
      return { store: new AzureBlobStore({ ...options, directOrigin: origin }), origin };
    },
  );

  test('an upload that ends after some of its blocks is seen by nobody, and its name may be used', async () => {
    const key = newBlobKey();
    await expect(store.put(key, inTurn(randomBytes(20 * 2 ** 20), new Error('broken off')))).rejects.toThrow('broken off');
    await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' });
    await store.put(key, inTurn(Buffer.from('whole')));
    expect(await new Response(await store.read(key)).text()).toBe('whole');
  });

  test('two that list at once see the same', async () => {
    const keys = Array.from({ length: 6 }, newBlobKey);
    for (const key of keys) await store.put(key, inTurn(Buffer.from('x')));
    const all = (await store.list(null, 1_000)).map(({ key }) => key);
    const first = await store.list(null, 2);
    await store.list(null, 5);
    expect((await store.list(first.at(-1)!.key, 3)).map(({ key }) => key)).toEqual(all.slice(2, 5));
  });

  const otherKey = Buffer.alloc(64, 1).toString('base64');
  test.each([
    ['another container', { container: 'confab-nowhere' }, 'the container of AZURE_STORAGE_CONTAINER is not there'],
    ['another key', { connectionString: connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${otherKey}`) }, 'is not the account’s'],
    [
      'an address where nobody listens',
      { connectionString: connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9') },
      'nobody listens',
    ],
  ])('a start with %s says so', async (_what, changed, words) => {
    await expect(new AzureBlobStore({ ...options, ...changed }).prepare()).rejects.toThrow(words);
    await expect(new AzureBlobStore({ ...options, ...changed }).state()).rejects.toThrow(words);
  });

  test('a store that is away refuses at once, for a while, and with no word of it', async () => {
    const gone = new AzureBlobStore({ ...options, connectionString: connectionString.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9') });
    const refusal = await gone.put(newBlobKey(), inTurn(Buffer.from('x'))).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unavailable', retryAfter: 2, detail: expect.stringContaining('Messages go on') });
    expect((refusal as Error).message).not.toContain('127.0.0.1');
    await expect(gone.read(newBlobKey())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
