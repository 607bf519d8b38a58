import type { BlobStore } from '../../ports.ts';

/** What a store of objects does beyond the suite of all stores. */
export function testsOfObjectStore(open: () => BlobStore): void {
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
}
