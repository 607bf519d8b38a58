import { isBare, matches, written, type KeyPress } from './keys.ts';

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

test('Mod is Ctrl or Cmd', () => {
  expect(matches('Mod+K', press('k', { ctrlKey: true }))).toBe(true);
  expect(matches('Mod+K', press('k', { metaKey: true }))).toBe(true);
  expect(matches('Mod+K', press('k'))).toBe(false);
  expect(matches('Mod+K', press('k', { ctrlKey: true, shiftKey: true }))).toBe(false);
});

test('letters work by their place under another layout', () => {
  expect(matches('Mod+K', press('л', { code: 'KeyK', ctrlKey: true }))).toBe(true);
  expect(matches('E', press('у', { code: 'KeyE' }))).toBe(true);
});

test('under a layout without Latin letters signs work by their place too', () => {
  expect(matches('Mod+,', press('б', { code: 'Comma', ctrlKey: true }))).toBe(true);
  expect(matches('Mod+/', press('.', { code: 'Slash', ctrlKey: true }))).toBe(true);
  // Ukrainian, Greek, Hebrew and Arabic.
  expect(matches('Mod+,', press('ת', { code: 'Comma', ctrlKey: true }))).toBe(true);
  expect(matches('Mod+/', press('ظ', { code: 'Slash', ctrlKey: true }))).toBe(true);
  expect(matches('Mod+K', press('κ', { code: 'KeyK', ctrlKey: true }))).toBe(true);
});

test('a letter that the layout has elsewhere counts by the letter alone', () => {
  // Dvorak: K stands on the key V, and the key K writes T.
  expect(matches('Mod+K', press('k', { code: 'KeyV', ctrlKey: true }))).toBe(true);
  expect(matches('Mod+K', press('t', { code: 'KeyK', ctrlKey: true }))).toBe(false);
  expect(matches('E', press('.', { code: 'KeyE' }))).toBe(false);
  // AZERTY: A stands on the key Q.
  expect(matches('A', press('a', { code: 'KeyQ' }))).toBe(true);
  expect(matches('Q', press('a', { code: 'KeyQ' }))).toBe(false);
  // QWERTZ: the key of the slash writes a dash, with which browsers zoom.
  expect(matches('Mod+/', press('-', { code: 'Slash', ctrlKey: true }))).toBe(false);
  expect(matches('Mod+/', press('/', { code: 'Digit7', ctrlKey: true, shiftKey: true }))).toBe(true);
});

test('Option makes other signs of letters on Apple machines', () => {
  expect(matches('Alt+N', press('Dead', { code: 'KeyN', altKey: true }))).toBe(true);
  expect(matches('Alt+M', press('µ', { code: 'KeyM', altKey: true }))).toBe(true);
});

test('signs do not ask how a layout makes them', () => {
  expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
  expect(matches('Mod+/', press('/', { ctrlKey: true }))).toBe(true);
  expect(matches('+', press('+', { shiftKey: true }))).toBe(true);
  expect(written('+', false)).toBe('+');
});

test('bindings are written the way of the machine', () => {
  expect(written('Mod+Shift+L', false)).toBe('Ctrl+Shift+L');
  expect(written('Mod+K', true)).toBe('⌘K');
  expect(written('Alt+ArrowDown', false)).toBe('Alt+↓');
});

test('bare letters differ from combinations', () => {
  expect(isBare('E')).toBe(true);
  expect(isBare('Escape')).toBe(false);
  expect(isBare('F6')).toBe(false);
  expect(isBare('Shift+F6')).toBe(false);
  expect(isBare('F')).toBe(true);
  expect(isBare('Alt+ArrowUp')).toBe(false);
});
