import { uploadFields } from '../../../contracts/media/files.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { UploadPart } from '../ports.ts';
import { BusboyForms } from './busboy-forms.ts';

const forms = new BusboyForms(uploadFields);
const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' };

const posted = (body: BodyInit | AsyncIterable<Uint8Array> | null, headers: Record<string, string> = {}, signal?: AbortSignal): Request =>
  new Request('http://a.example/', {
    method: 'POST',
    body:
      body !== null && typeof body === 'object' && Symbol.asyncIterator in body
        ? (ReadableStream as unknown as { from(parts: AsyncIterable<Uint8Array>): ReadableStream }).from(body)
        : body,
    headers,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  } as RequestInit);

const part = (name: string, content: string, filename?: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\nContent-Type: text/x-mine\r\n\r\n${content}\r\n`;

async function whole({ name, declaredType, bytes }: UploadPart) {
  const all: Uint8Array[] = [];
  for await (const one of bytes) all.push(one);
  return { name, declaredType, content: Buffer.concat(all).toString() };
}

test('a file is read with its name in any script, among other fields', async () => {
  const data = new FormData();
  data.set('conversationId', newId());
  data.set('file', new Blob(['abc'], { type: 'text/csv' }), 'Отчёт & план.csv');
  expect(await forms.read(posted(data), whole)).toEqual({ name: 'Отчёт & план.csv', declaredType: 'text/csv', content: 'abc' });
});

test('a large file is read as it comes, not before it is asked for', async () => {
  let sent = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(part('file', '', 'a.bin').slice(0, -2));
    for (; sent < 400; sent++) yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
    yield Buffer.from('\r\n--b--\r\n');
  }
  const sizes = await forms.read(posted(body(), multipart), async ({ bytes }) => {
    await new Promise((resolve) => setImmediate(resolve));
    const ahead = sent;
    let size = 0;
    for await (const one of bytes) size += one.byteLength;
    return { ahead, size };
  });
  expect(sizes.size).toBe(400 * 65_536);
  expect(sizes.ahead).toBeLessThan(20);
});

test.each([
  ['without the part', `${part('other', 'x', 'a.txt')}--b--\r\n`],
  ['with a field in its place', `${part('file', 'x')}--b--\r\n`],
  ['without any part', '--b--\r\n'],
  ['of other text', 'hello'],
  ['that is empty', ''],
  ['that ends within the file', part('file', 'half', 'a.txt').slice(0, -4)],
  ['that lacks its end', part('file', 'whole', 'a.txt')],
])('a form %s is refused', async (_name, body) => {
  await expect(forms.read(posted(body, multipart), whole)).rejects.toMatchObject({ code: 'validation_failed' });
});

test.each([
  ['that is not known', 'more', 'y'],
  ['named like a prototype', '__proto__', 'y'],
  ['that is not what it must be', 'conversationId', 'x'],
])('a field %s is refused, before the file and after it', async (_what, name, value) => {
  const [file, field] = [part('file', 'x', 'a.txt'), part(name, value)];
  for (const body of [`${field}${file}--b--\r\n`, `${file}${field}--b--\r\n`])
    await expect(forms.read(posted(body, multipart), whole)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path: name }] });
});

test('what is no form is refused', async () => {
  for (const type of ['multipart/form-data', 'text/plain', 'application/json'])
    await expect(forms.read(posted('x', { 'Content-Type': type }), whole)).rejects.toMatchObject({ code: 'validation_failed' });
});

test('what ends the body, or refuses the file, is the answer', async () => {
  const tooLarge = new AppError('payload_too_large');
  async function* body(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(part('file', 'begun', 'a.txt').slice(0, -2)));
    throw tooLarge;
  }
  await expect(forms.read(posted(body(), multipart), whole)).rejects.toBe(tooLarge);
  const refused = forms.read(posted(`${part('file', 'x', 'a.txt')}--b--\r\n`, multipart), () => Promise.reject(tooLarge));
  await expect(refused).rejects.toBe(tooLarge);
});

test('a client that leaves ends the reading', async () => {
  const leaving = new AbortController();
  const gone = new AppError('client_closed');
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(part('file', 'begun', 'a.txt').slice(0, -2));
    leaving.abort(gone);
    await Promise.resolve();
    throw new Error('aborted');
  }
  await expect(forms.read(posted(body(), multipart, leaving.signal), whole)).rejects.toBe(gone);
});
