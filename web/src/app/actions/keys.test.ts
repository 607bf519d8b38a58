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

test('bare letters are told from combinations', () => {
  expect(isBare('E')).toBe(true);
  expect(isBare('Escape')).toBe(false);
  expect(isBare('F6')).toBe(false);
  expect(isBare('Shift+F6')).toBe(false);
  expect(isBare('F')).toBe(true);
  expect(isBare('Alt+ArrowUp')).toBe(false);
});
