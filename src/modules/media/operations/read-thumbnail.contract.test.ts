import { type AppWithTeam, openAppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import { downloads, uploads } from '../../../../test/harness/files.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import type { Attachment } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import { empty, moving, noise } from '../adapters/previews/pictures.fixture.ts';

let opened: AppWithTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
  // The process that makes previews starts with the first picture.
  await uploads(ana, await empty(1, 1), { name: 'first.png' });
});
afterAll(() => opened.close());

const picture = async (bytes: Promise<Buffer>): Promise<Attachment> => {
  const content = await bytes;
  // A machine that is busy may take longer than an upload waits; the same bytes again have what was made meanwhile.
  return eventually(async () => {
    const file = await uploads(ana, content, { name: 'Каникулы.jpg', type: 'image/jpeg' });
    expect(file.thumbnailUrl).toBe(`/api/v1/media/${file.id}/thumbnail`);
    return file;
  });
};
const asks = (actor: Actor, { thumbnailUrl = '' }: Attachment, query = '', headers = {}) =>
  downloads(actor, { url: thumbnailUrl + query }, headers);

test('a picture has its box, a blurred picture and a thumbnail in two sizes', async () => {
  const file = await picture(noise(900, 600));
  expect(file).toMatchObject({ width: 900, height: 600, thumbhash: expect.stringMatching(/^[\w+/]{20,40}=*$/) });
  const [small, large] = [await asks(ana, file), await asks(ana, file, '?size=large')];
  expect([small.status, large.status, small.headers.get('content-type')]).toEqual([200, 200, 'image/webp']);
  expect(small.headers.get('cache-control')).toBe('private, no-cache');
  expect(small.headers.get('content-security-policy')).toContain('sandbox');
  const [fewer, more] = [(await small.arrayBuffer()).byteLength, (await large.arrayBuffer()).byteLength];
  expect(fewer).toBe(Number(small.headers.get('content-length')));
  expect(more).toBeGreaterThan(fewer);
  expect(await asks(ana, file, '', { 'If-None-Match': small.headers.get('etag') })).toMatchObject({ status: 304 });
  expect((await asks(ana, file, '?size=huge')).status).toBe(400);
});

test('who may read the file may see its thumbnail, until that ends', async () => {
  const file = await picture(empty(30, 20));
  expect((await asks(boris, file)).status).toBe(404);
  const { id } = await ana.opens('group', [boris]);
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: newId(), text: '', attachmentIds: [file.id] });
  expect((await asks(boris, file)).status).toBe(200);
  await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
  expect((await asks(boris, file)).status).toBe(404);
});

test('of a picture that moves the large one is the file', async () => {
  const bytes = await moving(5);
  const file = await picture(Promise.resolve(bytes));
  const large = await asks(ana, file, '?size=large');
  expect(large.headers.get('content-type')).toBe('image/gif');
  expect(Buffer.from(await large.arrayBuffer()).equals(bytes)).toBe(true);
});

test('what is no picture has no thumbnail, and a picture that is broken says so', async () => {
  const text = await uploads(ana, 'text');
  expect(text.thumbnailUrl).toBeUndefined();
  expect((await downloads(ana, { url: `${text.url}/thumbnail` })).status).toBe(404);
  const whole = await noise(300, 300);
  const broken = await eventually(async () => {
    const file = await uploads(ana, whole.subarray(0, whole.byteLength / 2), { type: 'image/jpeg' });
    expect(file.previewFault).toBeDefined();
    return file;
  });
  expect([broken.mimeType, broken.previewFault, broken.thumbnailUrl]).toEqual(['image/jpeg', 'unreadable', undefined]);
  expect((await downloads(ana, { url: `${broken.url}/thumbnail?size=large` })).status).toBe(404);
  expect((await downloads(ana, broken)).status).toBe(200);
});
