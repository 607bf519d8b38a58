import type { Attachment, ConversationFile, Message } from '../../shared/model.ts';
import { kindOf, runsOf, withMessage } from './listed-files.ts';

const file = (id: string, mimeType = 'image/png'): Attachment => ({
  id,
  name: id,
  size: 1,
  mimeType,
  sha256: '',
  url: '',
  thumbnailUrl: '/t',
});
const message = (seq: number, ...attachments: Attachment[]): Message =>
  ({ id: `m${String(seq)}`, seq, senderId: 'ana', createdAt: '2026-01-01T00:00:00.000Z', attachments }) as unknown as Message;
const all = { filter: { kind: null, senderId: null }, isWhole: true };
const listed = (...messages: Message[]): readonly ConversationFile[] =>
  messages.reduce<readonly ConversationFile[]>((items, one) => withMessage(items, one, all), []);
const ids = (items: readonly ConversationFile[]) => items.map(({ attachment }) => attachment.id);

test('the files of a message stand at its place, in their order, whenever they come', () => {
  expect(ids(listed(message(1, file('a'), file('b')), message(3, file('d')), message(2, file('c'))))).toEqual(['d', 'c', 'a', 'b']);
});

test('a message that comes again is listed once, and a deleted one no more', () => {
  const items = listed(message(1, file('a')), message(2, file('b')));
  expect(ids(withMessage(items, message(1, file('a')), all))).toEqual(['b', 'a']);
  expect(ids(withMessage(items, message(1), all))).toEqual(['b']);
});

test('a file that was removed is listed no more', () => {
  const items = listed(message(1, file('a'), file('b')));
  expect(ids(withMessage(items, message(1, file('a'), { ...file('b'), removed: 'erased' }), all))).toEqual(['a']);
});

test('what the filter leaves out does not come', () => {
  const mixed = message(1, file('a', 'video/mp4'), file('b', 'application/pdf'));
  expect(ids(withMessage([], mixed, { filter: { kind: 'other', senderId: null }, isWhole: true }))).toEqual(['b']);
  expect(ids(withMessage([], mixed, { filter: { kind: null, senderId: 'boris' }, isWhole: true }))).toEqual([]);
  expect(['image/png', 'video/mp4', 'audio/ogg', 'text/plain'].map(kindOf)).toEqual(['image', 'video', 'audio', 'other']);
});

test('a change of a message below what was read brings none of its files before their page', () => {
  const items = listed(message(5, file('a')), message(4, file('b')));
  const part = { ...all, isWhole: false };
  expect(ids(withMessage(items, message(2, file('old')), part))).toEqual(['a', 'b']);
  expect(ids(withMessage(items, message(4, file('b'), file('next page')), part))).toEqual(['a', 'b']);
  expect(ids(withMessage(items, message(4), part))).toEqual(['a']);
});

test('neighbours of one look stand together', () => {
  const items = listed(message(1, file('a')), message(2, file('b', 'text/plain')), message(3, file('c'), file('d', 'video/mp4')));
  expect(runsOf(items).map(({ look, files }) => [look, ids(files)])).toEqual([
    ['grid', ['c', 'd']],
    ['list', ['b']],
    ['grid', ['a']],
  ]);
});
