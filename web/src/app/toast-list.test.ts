import { jest } from '@jest/globals';
import { toastList, toastMs, type ToastList } from './toast-list.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const texts = ({ shown }: ToastList): readonly string[] => shown.get().map(({ text }) => text);

test('a toast goes after its time', () => {
  const list = toastList();
  list.show('saved', 'plain');
  jest.advanceTimersByTime(toastMs - 1);
  expect(texts(list)).toEqual(['saved']);
  jest.advanceTimersByTime(1);
  expect(texts(list)).toEqual([]);
});

test('none goes while they are held, nor does one that comes meanwhile; afterwards each has its whole time', () => {
  const list = toastList();
  list.show('first', 'plain');
  list.hold(true);
  list.show('second', 'error');
  jest.advanceTimersByTime(3 * toastMs);
  expect(texts(list)).toEqual(['first', 'second']);
  list.hold(false);
  jest.advanceTimersByTime(toastMs - 1);
  expect(texts(list)).toEqual(['first', 'second']);
  jest.advanceTimersByTime(1);
  expect(texts(list)).toEqual([]);
});

test('the newest three are shown', () => {
  const list = toastList();
  for (const text of ['1', '2', '3', '4']) list.show(text, 'plain');
  expect(texts(list)).toEqual(['2', '3', '4']);
});
