import { randomBytes } from 'node:crypto';
import { newBlobKey } from '../../domain/blob-key.ts';
import type { BlobStore } from '../../ports.ts';

async function* parts(...all: (Uint8Array | string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const one of all) {
    if (one instanceof Error) throw one;
    yield await Promise.resolve(typeof one === 'string' ? Buffer.from(one) : one);
  }
}

const readAll = async (store: BlobStore, key: string, range?: { start: number; end: number }): Promise<Buffer> =>
  Buffer.from(await new Response(await store.read(key, range)).arrayBuffer());

/** What every store of bytes does. `traces`: how many objects there are, whole or not. */
export function blobStoreSuite(begin: () => { store: BlobStore; traces: () => Promise<number> }): void {
  test('what was put is read as it was, whole and in part', async () => {
    const { store } = begin();
    const key = newBlobKey();
    await store.put(key, parts('abc', 'defg', 'hij'));
    expect((await readAll(store, key)).toString()).toBe('abcdefghij');
    expect((await readAll(store, key, { start: 0, end: 1 })).toString()).toBe('ab');
    expect((await readAll(store, key, { start: 8, end: 9 })).toString()).toBe('ij');
  });

  test('a file of no bytes is a file', async () => {
    const { store } = begin();
    const key = newBlobKey();
    await store.put(key, parts());
    expect((await readAll(store, key)).byteLength).toBe(0);
  });

  test('twenty megabytes come back as they went', async () => {
    const { store } = begin();
    const key = newBlobKey();
    const all = Array.from({ length: 20 }, () => randomBytes(2 ** 20));
    await store.put(key, parts(...all));
    expect((await readAll(store, key)).equals(Buffer.concat(all))).toBe(true);
    const middle = await readAll(store, key, { start: 2 ** 20 - 5, end: 2 ** 20 + 4 });
    expect(middle.equals(Buffer.concat(all).subarray(2 ** 20 - 5, 2 ** 20 + 5))).toBe(true);
  });

  test('an upload that ends early leaves nothing, and its error is the answer', async () => {
    const { store, traces } = begin();
    const before = await traces();
    const key = newBlobKey();
    await expect(store.put(key, parts('abc', randomBytes(2 ** 20), new Error('broken off')))).rejects.toThrow('broken off');
    await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' });
    expect(await traces()).toBe(before);
  });

  test('while it is on its way, nothing of an upload is seen', async () => {
    const { store } = begin();
    const key = newBlobKey();
    let seen: unknown;
    async function* looking(): AsyncGenerator<Uint8Array> {
      yield randomBytes(2 ** 20);
      seen = await store.read(key).catch((error: unknown) => error);
      yield randomBytes(10);
    }
    await store.put(key, looking());
    expect(seen).toMatchObject({ code: 'not_found' });
    expect((await readAll(store, key)).byteLength).toBe(2 ** 20 + 10);
  });

  test('what is deleted is gone, and may be deleted again', async () => {
    const { store, traces } = begin();
    const before = await traces();
    const key = newBlobKey();
    await store.put(key, parts('abc'));
    await store.delete(key);
    await store.delete(key);
    await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' });
    expect(await traces()).toBe(before);
  });

  test('what is there is listed in order, page by page, with its age', async () => {
    const { store } = begin();
    const keys = Array.from({ length: 7 }, newBlobKey).toSorted();
    for (const [index, key] of keys.entries()) await store.put(key, parts('x'.repeat(index)));
    const all: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await store.list(after, 3);
      all.push(...page.map(({ key }) => key));
      for (const { key, size } of page) if (keys.includes(key)) expect(size).toBe(keys.indexOf(key));
      for (const { storedAt } of page) expect(Math.abs(storedAt - Date.now())).toBeLessThan(60_000);
      if (page.length < 3) break;
      after = page.at(-1)?.key ?? null;
    }
    expect(all).toEqual(all.toSorted());
    expect(all.filter((key) => keys.includes(key))).toEqual(keys);
  });

  test('a reader that leaves early ends the reading', async () => {
    const { store } = begin();
    const key = newBlobKey();
    await store.put(key, parts(randomBytes(2 ** 20)));
    const reader = (await store.read(key)).getReader();
    await reader.read();
    await reader.cancel();
    await (await store.read(key)).cancel();
    await store.delete(key);
  });
}
