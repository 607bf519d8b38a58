import { barsIn } from './waveform-bars.ts';

test('bars are as high as it is loud, and silence is a line', () => {
  expect(barsIn(btoa('\u0000\u007f\u00ff'))).toEqual([0.06, 127 / 255, 1]);
});

test.each([undefined, '', '%'])('%p is no waveform', (text) => {
  expect(barsIn(text)).toBeNull();
});
