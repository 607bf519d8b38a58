import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KeptUpload, UploadStore } from '../options.ts';

const upload = (id: string, createdAt: number, over: Partial<KeptUpload> = {}): KeptUpload => ({
  id,
  conversationId: 'c1',
  clientMessageId: null,
  name: `${id}.txt`,
  size: 3,
  mimeType: 'text/plain',
  createdAt,
  attachment: null,
  status: 'waiting',
  code: null,
  path: null,
  file: new Blob(['abc'], { type: 'text/plain' }),
  ...over,
});

/** What every store of files on their way promises. */
export function uploadStoreSuite(name: string, open: () => UploadStore): void {
  describe(`a store of uploads: ${name}`, () => {
    let store: UploadStore;
    beforeEach(() => {
      store = open();
    });

    it('gives back what was put, with its bytes, in the order written', async () => {
      await store.put('ana', upload('second', 2));
      await store.put('ana', upload('first', 1));
      const kept = await store.load('ana');
      expect(kept.map(({ id }) => id)).toEqual(['first', 'second']);
      expect(await kept[0]?.file?.text()).toBe('abc');
      expect(await (await store.get('ana', 'second'))?.file?.text()).toBe('abc');
    });

    it('keeps one for an id, as it was put last', async () => {
      await store.put('ana', upload('x', 1));
      await store.put('ana', upload('x', 1, { status: 'paused', path: '/media/uploads/1', file: null }));
      expect(await store.load('ana')).toEqual([upload('x', 1, { status: 'paused', path: '/media/uploads/1', file: null })]);
    });

    it('never shows one person what another attached, and clears one person’s only', async () => {
      await store.put('ana', upload('a', 1));
      await store.put('ben', upload('b', 1));
      expect(await store.get('ben', 'a')).toBeNull();
      await store.remove('ben', 'a');
      await store.clear('ben');
      expect((await store.load('ana')).map(({ id }) => id)).toEqual(['a']);
      expect(await store.load('ben')).toEqual([]);
      await store.remove('ana', 'a');
      expect(await store.get('ana', 'a')).toBeNull();
    });
  });
}
