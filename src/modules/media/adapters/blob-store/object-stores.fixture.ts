import { newBlobKey } from '../../domain/blob-key.ts';
import type { BlobStore } from '../../ports.ts';

const bytes = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
};

/** What a store of objects does beyond the suite of all stores; `direct`: the same one, to which browsers are sent at this origin. */
export function testsOfObjectStore(open: () => BlobStore, direct: () => { readonly store: BlobStore; readonly origin: string }): void {
  test('answers its state, and does not say how much room there is', async () => {
    const store = open();
    expect(await store.state()).toBe('the store of files answers');
    expect(await store.freeBytes()).toBeNull();
    expect(await store.removeAbandoned()).toBe(0);
  });

  test('the probe leaves nothing', async () => {
    const store = open();
    const objects = async (): Promise<number> => (await store.list(null, 1_000)).length;
    const before = await objects();
    await store.prepare();
    expect(await objects()).toBe(before);
  });

  const as = { contentType: 'video/webm', contentDisposition: `inline; filename="a.webm"; filename*=UTF-8''%D0%BE.webm`, holdsSeconds: 60 };

  test('a browser gets bytes by an address that is signed, as what the server says they are, whole and in ranges', async () => {
    const { store, origin } = direct();
    const key = newBlobKey();
    await store.put(key, bytes('0123456789'));
    const address = (await store.address(key, as)) ?? '';
    expect(new URL(address).origin).toBe(origin);
    const whole = await fetch(address);
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': as.contentType,
      'content-disposition': as.contentDisposition,
      'cache-control': 'private, no-store',
    });
    const part = await fetch(address, { headers: { Range: 'bytes=2-4' } });
    expect([part.status, await part.text()]).toEqual([206, '234']);
    expect(await open().address(key, as)).toBeNull();
  });

  test('such an address gives nothing else, and takes nothing', async () => {
    const { store } = direct();
    const [key, other] = [newBlobKey(), newBlobKey()];
    await store.put(key, bytes('mine'));
    await store.put(other, bytes('other'));
    const address = (await store.address(key, as)) ?? '';
    expect((await fetch(address.replace(key, other))).status).toBe(403);
    expect((await fetch(address.replace('webm', 'html'))).status).toBe(403);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(403);
    expect(await new Response(await store.read(key)).text()).toBe('mine');
  });
}
