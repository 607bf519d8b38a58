import { databaseOf } from './database-url.ts';

test.each([
  ['postgresql://u:p@/one?host=%2Frun', 'postgresql://u:p@/two?host=%2Frun'],
  ['postgres://u:p@example.org:5432/one?sslmode=require', 'postgres://u:p@example.org:5432/two?sslmode=require'],
  ['postgres://example.org/one', 'postgres://example.org/two'],
])('%s has a sister database %s', (url, expected) => {
  expect(databaseOf(url, 'two')).toBe(expected);
});
