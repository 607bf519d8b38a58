import { presentFile } from './present.ts';

test('a file travels without its owner and without the name of its bytes', () => {
  const file = { id: 'f', ownerId: 'o', name: 'a.txt', mimeType: 'text/plain', size: 3, sha256: 'ab', blobKey: 'k' };
  expect(presentFile(file)).toEqual({ id: 'f', name: 'a.txt', mimeType: 'text/plain', size: 3, sha256: 'ab', url: '/api/v1/media/f' });
});
