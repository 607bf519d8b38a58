import type { Attachment } from '../../shared/model.ts';
import { firstLines, isText } from './text-beginning.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

test.each([
  ['UTF-8', utf8('Привет\nмир')],
  ['UTF-8 that begins by a mark', utf8('\ufeffПривет\nмир')],
  ['UTF-8 that is cut within a character', utf8('Привет\nмирй').subarray(0, -1)],
  ['UTF-16', utf16('Привет\r\nмир')],
  ['UTF-16, its other order', new Uint8Array(Buffer.from(utf16('Привет\nмир')).swap16())],
  ['Windows-1251', Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0d, 0x0a, 0xec, 0xe8, 0xf0])],
])('reads %s', (_what, bytes) => {
  expect(firstLines(bytes)).toBe('Привет\nмир');
});

test('shows twenty lines', () => {
  expect(firstLines(utf8('a\n'.repeat(50)))?.split('\n')).toHaveLength(20);
});

test('shows what turns the direction of text, and does not obey it', () => {
  expect(firstLines(utf8('a\u202etxt.exe\u2066b'))).toBe('a\ufffdtxt.exe\ufffdb');
});

test.each([
  ['bytes of a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
  ['nothing', new Uint8Array()],
  ['white space alone', utf8('\n \n')],
])('%s have no first lines', (_what, bytes) => {
  expect(firstLines(bytes)).toBeNull();
});

test.each([
  ['text/plain', 'a', true],
  ['application/octet-stream', 'отчёт.csv', true],
  ['application/octet-stream', 'a.bin', false],
  ['application/zip', 'a.txt', false],
])('a file of type %s called %s: text: %s', (mimeType, name, expected) => {
  expect(isText({ mimeType, name, size: 5 } as Attachment)).toBe(expected);
});
