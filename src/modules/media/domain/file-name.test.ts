import { fileNameOf } from './file-name.ts';

test.each([
  ['Отчёт & план.pdf', 'Отчёт & план.pdf'],
  ['../../x', 'x'],
  ['C:\\Users\\ana\\cv.doc', 'cv.doc'],
  ['е\u0308ж.txt', 'ёж.txt'],
  ['photo\u202egnp.exe', 'photognp.exe'],
  ['a\r\nSet-Cookie: b\u0000.txt', 'aSet-Cookie: b.txt'],
  ['  spaced.txt ', 'spaced.txt'],
  ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
  ['broken\ud800.png', 'broken.png'],
  ['', 'file'],
  ['..', 'file'],
  ['dir/', 'file'],
  ['.env', '.env'],
])('%j is shown as %j', (given, shown) => {
  expect(fileNameOf(given)).toBe(shown);
});

test('a long name is cut before its extension, and between characters', () => {
  expect(fileNameOf(`${'я'.repeat(300)}.pdf`)).toBe(`${'я'.repeat(251)}.pdf`);
  expect(fileNameOf(`a${'😀'.repeat(200)}`)).toBe(`a${'😀'.repeat(127)}`);
  expect(fileNameOf(`a.${'b'.repeat(300)}`)).toHaveLength(255);
});
