import { followInputMethod, isInputMethod } from './input-method.ts';

const press = (over: Partial<Parameters<typeof isInputMethod>[0]> = {}) => ({
  isComposing: false,
  keyCode: 13,
  key: 'Enter',
  timeStamp: 10_000,
  ...over,
});

function composition() {
  let end = (_event: { timeStamp: number }) => {};
  followInputMethod({ addEventListener: (_name: string, listener: typeof end) => (end = listener) } as unknown as Window);
  return (timeStamp: number) => end({ timeStamp });
}

test('a plain Enter is the page’s', () => {
  expect(isInputMethod(press())).toBe(false);
});

test('Chromium’s and Firefox’s Enter within a composition is the input method’s', () => {
  expect(isInputMethod(press({ isComposing: true }))).toBe(true);
  expect(isInputMethod(press({ key: 'Process', keyCode: 0 }))).toBe(true);
});

test('WebKit’s Enter after the end of the composition is the input method’s', () => {
  expect(isInputMethod(press({ keyCode: 229 }))).toBe(true);
});

test('an Enter that comes with the end of the composition is the input method’s, the next one the page’s', () => {
  const endAt = composition();
  endAt(9_999);
  expect(isInputMethod(press())).toBe(true);
  expect(isInputMethod(press({ timeStamp: 10_005 }))).toBe(false);
});

test('an Enter with the code 229 after the end of the composition is the only one that it takes', () => {
  const endAt = composition();
  endAt(9_999);
  expect(isInputMethod(press({ keyCode: 229 }))).toBe(true);
  expect(isInputMethod(press({ timeStamp: 10_005 }))).toBe(false);
});

test('a composition that ended by the mouse takes no later Enter', () => {
  const endAt = composition();
  endAt(9_000);
  expect(isInputMethod(press())).toBe(false);
});

test('arrows and Escape that choose among characters are the input method’s', () => {
  expect(isInputMethod(press({ key: 'ArrowDown', keyCode: 229 }))).toBe(true);
  expect(isInputMethod(press({ key: 'Escape', keyCode: 27, isComposing: true }))).toBe(true);
});
