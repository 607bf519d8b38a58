import type { Attachment } from '../../../contracts/chat/messages.ts';
import { isThere, removedForm } from './removed-files.ts';

const file: Attachment = {
  id: 'f1',
  name: 'Отчёт.png',
  size: 5,
  mimeType: 'image/png',
  sha256: 'ab'.repeat(32),
  url: '/api/v1/media/f1',
  thumbnailUrl: '/api/v1/media/f1/thumbnail',
  width: 4,
  height: 3,
  thumbhash: 'aGFzaA==',
};

test('an expired file keeps its name, and nothing that was made of its bytes', () => {
  expect(removedForm(file, { removed: 'expired', keptDays: 30 })).toEqual({
    id: 'f1',
    name: 'Отчёт.png',
    size: 5,
    mimeType: 'image/png',
    sha256: '',
    url: '/api/v1/media/f1',
    removed: 'expired',
    keptDays: 30,
  });
});

test('of an erased file nothing stays that says what it was', () => {
  const left = removedForm(file, { removed: 'erased' });
  expect(JSON.stringify(left)).not.toMatch(/Отчёт|png|abab|aGFzaA|thumbnail/);
  expect(left).toMatchObject({ id: 'f1', size: 0, removed: 'erased' });
  expect([file, left].map(isThere)).toEqual([true, false]);
});
