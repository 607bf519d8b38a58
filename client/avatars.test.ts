import { uploadAvatar } from './avatars.ts';
import type { UploadAnswer, UploadRequest } from './http.ts';

const answering = (answer: Pick<UploadAnswer, 'status' | 'body'>) => {
  const asked: UploadRequest[] = [];
  return { asked, upload: (request: UploadRequest) => Promise.resolve((asked.push(request), { headers: new Headers(), ...answer })) };
};

test('a picture goes up with the part that was chosen, and its id comes back', async () => {
  const session = answering({ status: 201, body: { pictureId: 'p' } });
  const picture = new Blob(['bytes']);
  expect(await uploadAvatar(session, picture, { x: 1, y: 2, edge: 3 })).toBe('p');
  expect(await uploadAvatar(session, picture)).toBe('p');
  expect(session.asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/avatars?x=1&y=2&edge=3', picture],
    ['POST', '/avatars', picture],
  ]);
});

test('a refusal rejects with its code', async () => {
  const session = answering({ status: 415, body: { code: 'unsupported_media_type', status: 415, title: '', detail: 'no picture' } });
  await expect(uploadAvatar(session, new Blob())).rejects.toMatchObject({ code: 'unsupported_media_type' });
});
