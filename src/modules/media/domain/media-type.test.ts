import { isAmong, mediaTypeOf } from './media-type.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

test('what a file says of itself counts, not what is said of it', async () => {
  expect(await mediaTypeOf(png, 'text/html')).toBe('image/png');
  expect(await mediaTypeOf(bytes('%PDF-1.7\n'), 'image/png')).toBe('application/pdf');
  expect(await mediaTypeOf(bytes('GIF89a<script>alert(1)</script>'), 'text/html')).toBe('image/gif');
});

test.each([
  ['<!DOCTYPE html><p>', 'image/png', 'text/html'],
  ['  <script >x</script>', 'text/plain', 'text/html'],
  ['<svg xmlns="x" onload="alert(1)">', 'image/png', 'image/svg+xml'],
  ['<?xml version="1.0"?><svg/>', 'image/svg+xml', 'application/xml'],
])('markup %s is called so, whatever it is declared as', async (text, declared, type) => {
  expect(await mediaTypeOf(bytes(text), declared)).toBe(type);
});

test('a kind of text is what it is declared as, unless a browser would run it', async () => {
  expect(await mediaTypeOf(bytes('a,b\n1,2'), 'text/csv')).toBe('text/csv');
  expect(await mediaTypeOf(bytes('{}'), 'application/json')).toBe('application/json');
  expect(await mediaTypeOf(bytes('alert(1)'), 'text/javascript')).toBe('text/plain');
  expect(await mediaTypeOf(bytes('привет'), 'image/png')).toBe('text/plain');
  expect(await mediaTypeOf(bytes('при').subarray(0, 5), '')).toBe('text/plain');
  expect(await mediaTypeOf(bytes(''), 'video/mp4')).toBe('text/plain');
});

test('sound in a container of moving pictures is what it is declared as', async () => {
  const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
  expect(await mediaTypeOf(webm, 'audio/webm')).toBe('audio/webm');
  expect(await mediaTypeOf(webm, 'image/png')).toBe('video/webm');
  expect(await mediaTypeOf(png, 'audio/webm')).toBe('image/png');
});

test('what is neither known nor text is bytes', async () => {
  expect(await mediaTypeOf(Uint8Array.from([1, 2, 3, 255]), 'video/mp4')).toBe('application/octet-stream');
  expect(await mediaTypeOf(bytes('a\u0000b'), 'text/plain')).toBe('application/octet-stream');
});

test('allowed types are named one by one or by their first half; none named allows all', () => {
  expect(isAmong('image/png', [])).toBe(true);
  expect(isAmong('image/png', ['video/mp4', 'image/*'])).toBe(true);
  expect(isAmong('video/webm', ['video/mp4', 'image/*'])).toBe(false);
});
