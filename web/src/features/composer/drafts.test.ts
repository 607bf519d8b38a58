import { jest } from '@jest/globals';
import { memoryStorage } from '../../shared/browser/storage.ts';
import { keptDrafts, withEdit, withRefusedEdit, type Draft } from './drafts.ts';

test('a draft outlives the page, an edit does not', () => {
  const storage = memoryStorage();
  const drafts = keptDrafts(storage, 'ana');
  drafts.of('c1').set({ text: 'half a', replyTo: 'm1', edit: { messageId: 'm2', text: 'x' } });
  drafts.keep();
  expect(keptDrafts(storage, 'ana').of('c1').get()).toEqual({ text: 'half a', replyTo: 'm1', edit: null });
  expect(keptDrafts(storage, 'ana').of('c2').get().text).toBe('');
});

describe('the storage', () => {
  const written: string[] = [];
  const storage = Object.assign(memoryStorage(), {
    setItem: (_key: string, text: string) => written.push(text),
    removeItem: () => written.push('removed'),
  });
  const typed = (text: string): Draft => ({ text, replyTo: null, edit: null });
  let draft: ReturnType<ReturnType<typeof keptDrafts>['of']>;
  beforeEach(() => {
    jest.useFakeTimers();
    written.length = 0;
    draft = keptDrafts(storage, 'ana').of('c1');
  });
  afterEach(() => jest.useRealTimers());

  test('is written once nobody has typed for a while, and not at each key', () => {
    for (const text of ['h', 'he', 'hel', 'hell', 'hello']) {
      draft.set(typed(text));
      jest.advanceTimersByTime(200);
    }
    expect(written).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(written).toEqual([JSON.stringify({ text: 'hello', replyTo: null })]);
  });

  test('loses a draft that was sent at once', () => {
    draft.set(typed('hello'));
    draft.set(typed(''));
    expect(written).toEqual(['removed']);
    jest.advanceTimersByTime(1_000);
    expect(written).toEqual(['removed']);
  });
});

describe('a refused edit', () => {
  const writing: Draft = { text: 'half a', replyTo: null, edit: null };
  const edit = { messageId: 'm2', text: 'better' };

  test('opens again where nothing else was begun', () => {
    expect(withRefusedEdit(writing, writing, edit)).toEqual({ ...writing, edit });
  });

  test.each([
    ['a text that is being written', { ...writing, text: 'half a sentence' }],
    ['another edit', { ...writing, edit: { messageId: 'm3', text: 'other' } }],
  ])('does not replace %s, and is there when its message is edited again', (_what, now) => {
    const kept = withRefusedEdit(now, writing, edit);
    expect([kept.text, kept.edit]).toEqual([now.text, now.edit]);
    expect(withEdit(kept, { messageId: 'm4', text: 'as it is' }).edit?.text).toBe('as it is');
    const again = withEdit(withEdit(kept, { messageId: 'm4', text: 'as it is' }), { messageId: 'm2', text: 'as it was' });
    expect([again.edit, again.refusedEdit]).toEqual([edit, null]);
  });
});

test('clearing forgets open and kept drafts', () => {
  const storage = memoryStorage();
  const drafts = keptDrafts(storage, 'ana');
  drafts.of('c1').set({ text: 'secret', replyTo: null, edit: null });
  drafts.keep();
  drafts.of('c2').set({ text: 'secret', replyTo: null, edit: null });
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
