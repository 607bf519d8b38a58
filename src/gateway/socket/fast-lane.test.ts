import fc from 'fast-check';
import { startOfArguments } from './fast-lane.ts';

test('a command with an ack id is found', () => {
  expect(startOfArguments('20["a"]')).toBe(2);
  expect(startOfArguments('21234["message:send",{}]')).toBe(5);
});

test.each(['2["a"]', '2/admin,1["a"]', '0', '1', '3', '31["a"]', '51-1["a"]', '4', '', '2', '21', '2x["a"]', `2${'1'.repeat(40)}["a"]`])(
  'any other packet goes the ordinary way: %s',
  (packet) => {
    expect(startOfArguments(packet)).toBe(0);
  },
);

test('no text makes it read beyond a short prefix', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const start = startOfArguments(text);
      expect(start === 0 || /^2\d{1,11}\[/.test(text)).toBe(true);
    }),
  );
});
