import { fileKindOf } from './file-kinds.ts';

test('the kind of a file is that of its media type', () => {
  expect(['image/svg+xml', 'video/mp4', 'audio/webm', 'application/pdf', 'text/plain', 'imagery/x'].map(fileKindOf)).toEqual([
    'image',
    'video',
    'audio',
    'other',
    'other',
    'other',
  ]);
});
