import { nameOrder } from './name-order.ts';

const sorted = (locale: string, ...names: string[]) => [...names].reverse().sort(nameOrder(locale));

test('numbers within names count by their value', () => {
  expect(sorted('en', 'Group 2', 'Group 10')).toEqual(['Group 2', 'Group 10']);
  expect(sorted('ru', 'Этаж 9, комната 2', 'Этаж 9, комната 11', 'Этаж 10')).toEqual([
    'Этаж 9, комната 2',
    'Этаж 9, комната 11',
    'Этаж 10',
  ]);
  expect(sorted('en', 'v1.9', 'v1.10', 'v2')).toEqual(['v1.9', 'v1.10', 'v2']);
  expect(sorted('en', 'room 99999999999999999998', 'room 99999999999999999999')).toEqual([
    'room 99999999999999999998',
    'room 99999999999999999999',
  ]);
});

test('digits of other scripts count as well', () => {
  expect(sorted('en', 'غرفة ٢', 'غرفة ١٠')).toEqual(['غرفة ٢', 'غرفة ١٠']);
});

test('case, accents and ё do not take a name out of its place', () => {
  expect(sorted('en', 'apple', 'Éclair', 'Zebra')).toEqual(['apple', 'Éclair', 'Zebra']);
  expect(sorted('ru', 'Ева', 'Ёлкин', 'Ершов', 'Ярослава')).toEqual(['Ева', 'Ёлкин', 'Ершов', 'Ярослава']);
});

test('each language puts its own letters first', () => {
  expect(sorted('en', 'Ben', 'Анна')).toEqual(['Ben', 'Анна']);
  expect(sorted('ru', 'Анна', 'Ben')).toEqual(['Анна', 'Ben']);
});

test('names that compare alike have one order, however they come', () => {
  const names = ['Group 02', 'Group 2', 'Group 002'];
  const order = nameOrder('en');
  expect([...names].sort(order)).toEqual([...names].reverse().sort(order));
});
