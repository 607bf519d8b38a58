import { expect, test } from '@jest/globals';
import { typesIn, typesText, wrongTypes } from './allowed-types.ts';

test('media types are read however they are set apart', () => {
  expect(typesIn(' image/*, Application/PDF;text/plain\n')).toEqual(['image/*', 'application/pdf', 'text/plain']);
  expect(typesIn(' , ')).toEqual([]);
  expect(typesIn(typesText(['image/*', 'audio/ogg']))).toEqual(['image/*', 'audio/ogg']);
});

test('what is no media type is named', () => {
  expect(wrongTypes('image/*, pdf, */*, image/')).toEqual(['pdf', '*/*', 'image/']);
});
