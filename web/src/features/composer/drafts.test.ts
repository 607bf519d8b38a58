import { keptDrafts } from './drafts.ts';

/** The part of the Web Storage interface that the drafts use; keys are own properties, as in browsers. */
const memoryStorage = (): Storage => {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      Reflect.deleteProperty(this, key);
    },
  };
  return Object.create(methods) as Storage;
};

test('a draft outlives the page, an edit does not', () => {
  const storage = memoryStorage();
  keptDrafts(storage)
    .of('c1')
    .set({ text: 'half a', replyTo: 'm1', edit: { messageId: 'm2', text: 'x' } });
  expect(keptDrafts(storage).of('c1').get()).toEqual({ text: 'half a', replyTo: 'm1', edit: null });
  expect(keptDrafts(storage).of('c2').get().text).toBe('');
});

test('clearing forgets open and kept drafts', () => {
  const storage = memoryStorage();
  const drafts = keptDrafts(storage);
  drafts.of('c1').set({ text: 'secret', replyTo: null, edit: null });
  drafts.clear();
  expect(drafts.of('c1').get().text).toBe('');
  expect(Object.keys(storage)).toEqual([]);
});

test('what another program left in the storage is no draft', () => {
  const storage = memoryStorage();
  storage.setItem('confab.draft.c1', '{"text":5');
  expect(keptDrafts(storage).of('c1').get().text).toBe('');
});
