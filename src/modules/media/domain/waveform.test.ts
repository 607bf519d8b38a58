import { bars, waveformOf } from './waveform.ts';

const valuesOf = (peaks: readonly number[]) => [...Buffer.from(waveformOf(peaks) ?? '', 'base64')];

test('a waveform has 64 bars, whose loudest is 255', () => {
  const rising = valuesOf(Array.from({ length: 6_400 }, (_, index) => index));
  expect(rising).toHaveLength(bars);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  expect([rising[0], rising.at(-1)]).toEqual([2, 255]);
});

test('a sound of fewer pieces than bars has as many bars', () => {
  expect(valuesOf([100, 200]).slice(31, 33)).toEqual([128, 255]);
});

test.each([
  ['silence', [0, 0, 0]],
  ['nothing', []],
])('%s has no waveform', (_what, peaks) => {
  expect(waveformOf(peaks)).toBeNull();
});
