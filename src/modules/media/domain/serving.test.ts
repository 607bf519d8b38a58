import { headersOf } from './serving.ts';

const served = (mimeType: string, name = 'a.bin') => headersOf({ name, mimeType, sha256: 'ab' });

test.each(['image/svg+xml', 'text/html', 'application/xml', 'text/javascript', 'application/xhtml+xml'])(
  '%s is downloaded as bytes, never shown',
  (type) => {
    const headers = served(type);
    expect([headers['Content-Type'], headers['Content-Disposition']]).toEqual(['application/octet-stream', 'attachment; filename=a.bin']);
  },
);

test.each(['image/png', 'video/mp4', 'audio/ogg'])('%s may be shown', (type) => {
  expect([served(type)['Content-Type'], served(type)['Content-Disposition']]).toEqual([type, 'inline; filename=a.bin']);
});

test('text is shown as text in UTF-8; another kind of file is downloaded', () => {
  expect(served('text/plain')['Content-Type']).toBe('text/plain; charset=utf-8');
  expect(served('application/pdf')['Content-Disposition']).toMatch(/^attachment/);
});

test('a name in any script keeps its signs, and a quote or a line end breaks nothing', () => {
  expect(served('application/pdf', 'Отчёт & план.pdf')['Content-Disposition']).toContain(
    "filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%26%20%D0%BF%D0%BB%D0%B0%D0%BD.pdf",
  );
  expect(served('application/pdf', 'a";b.pdf')['Content-Disposition']).toBe('attachment; filename="a\\";b.pdf"');
});

test('nobody else keeps a file, nothing of it runs, and it is known by its digest', () => {
  expect(served('image/png')).toMatchObject({
    'Cache-Control': 'private, no-cache',
    'Content-Security-Policy': expect.stringContaining('sandbox'),
    ETag: '"ab"',
  });
});
