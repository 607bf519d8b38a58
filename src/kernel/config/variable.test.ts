import { choice, listOrNone, onOrOff, wholeNumber } from './texts.ts';
import { variable } from './variable.ts';

const cost = variable({ name: 'COST', meaning: 'a cost', is: wholeNumber(4, 15), default: '12' });

test('a variable that is not set has its default, read as any text is', () => {
  expect(cost.parse(undefined)).toEqual({ ok: true, value: 12 });
  expect(cost.parse('4')).toEqual({ ok: true, value: 4 });
});

test('one without a default is undefined until it is set', () => {
  const mode = variable({ name: 'MODE', meaning: 'a mode', is: choice('slow', 'fast') });
  expect(mode.parse(undefined)).toEqual({ ok: true, value: undefined });
  expect(mode.parse('fast')).toEqual({ ok: true, value: 'fast' });
});

test('a fault says what was found and what is taken', () => {
  expect(cost.parse('40')).toEqual({ ok: false, faults: ['"40" is not a whole number from 4 to 15'] });
  const list = variable({ name: 'LIST', meaning: 'a list', is: listOrNone(['a', 'b']) });
  expect(list.parse('a, c,d')).toEqual({ ok: false, faults: ['"c" is not one of a, b', '"d" is not one of a, b'] });
  expect(list.parse('none')).toEqual({ ok: true, value: [] });
});

test('on and off are read as a boolean', () => {
  const lane = variable({ name: 'LANE', meaning: 'a lane', is: onOrOff, default: 'off' });
  expect(['on', undefined].map((text) => lane.parse(text))).toEqual([
    { ok: true, value: true },
    { ok: true, value: false },
  ]);
});
