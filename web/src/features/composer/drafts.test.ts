import { memoryStorage } from '../../shared/browser/storage.ts';
import { keptDrafts } from './drafts.ts';

test('a draft outlives the page, an edit does not', () => {
  const storage = memoryStorage();
  keptDrafts(storage, 'ana')
    .of('c1')
    .set({ text: 'half a', replyTo: 'm1', edit: { messageId: 'm2', text: 'x' } });
  expect(keptDrafts(storage, 'ana').of('c1').get()).toEqual({ text: 'half a', replyTo: 'm1', edit: null });
  expect(keptDrafts(storage, 'ana').of('c2').get().text).toBe('');
});

test('clearing forgets open and kept drafts', () => {
  const storage = memoryStorage();
  const drafts = keptDrafts(storage, 'ana');
  drafts.of('c1').set({ text: 'secret', replyTo: null, edit: null });
  drafts.clear();
  expect(drafts.of('c1').get().text).toBe('');
  expect(Object.keys(storage)).toEqual([]);
});

test('what another program left in the storage is no draft', () => {
  const storage = memoryStorage();
  storage.setItem('confab.draft.ana.c1', '{"text":5');
  expect(keptDrafts(storage, 'ana').of('c1').get().text).toBe('');
});

test('a draft that a former version kept without its writer is nobody’s', () => {
  const storage = memoryStorage();
  storage.setItem('confab.draft.c1', '{"text":"whose"}');
  storage.setItem('confab.preferences', '{}');
  expect(keptDrafts(storage, 'ana').of('c1').get().text).toBe('');
  expect(Object.keys(storage)).toEqual(['confab.preferences']);
});
