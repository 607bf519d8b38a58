import { hasKeyword } from './keywords.ts';

test.each([
  ['The Release is out', ['release'], true],
  ['prereleased', ['release'], false],
  ['release!', ['release'], true],
  ['we like c++ and c', ['c++'], true],
  ['Выпуск готов', ['выпуск'], true],
  ['выпуском', ['выпуск'], false],
  ['releaserelease release', ['release'], true],
  ['nothing here', [], false],
])('of %j the keywords %j are found: %s', (text, keywords, found) => {
  expect(hasKeyword(text, keywords)).toBe(found);
});
