import { addressOf } from './mongo-url.ts';

test('an address that names no database means ours', () => {
  expect(addressOf('mongodb://db.example.org')).toBe('mongodb://db.example.org/confab');
  expect(addressOf('mongodb://db.example.org/?replicaSet=rs0')).toBe('mongodb://db.example.org/confab?replicaSet=rs0');
  expect(addressOf('mongodb+srv://u:p@db.example.org')).toBe('mongodb+srv://u:p@db.example.org/confab');
  expect(addressOf('mongodb://a:1,b:2/team')).toBe('mongodb://a:1,b:2/team');
});

test('an address weakens no promise', () => {
  expect(addressOf('mongodb://a/team?w=1&tls=true&journal=false&readPreference=secondary&wTimeoutMS=1&readConcernLevel=local')).toBe(
    'mongodb://a/team?tls=true',
  );
});
