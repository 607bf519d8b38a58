import { withoutSecrets } from './server-address.ts';

test('an address is shown without its secrets', () => {
  expect(withoutSecrets('mongodb+srv://u:p@db.example.org/team?authSource=admin')).toBe('mongodb+srv://db.example.org/team');
  expect(withoutSecrets('postgresql://u:p@ss@db.example.org:5432/team?sslmode=require')).toBe('postgresql://db.example.org:5432/team');
  expect(withoutSecrets('rediss://:secret@cache.example.org:6380')).toBe('rediss://cache.example.org:6380');
  expect(withoutSecrets('postgresql://u:123/p@ss/w@db.example.org/team')).toBe('postgresql://db.example.org/team');
  expect(withoutSecrets('amqp://mq.example.org')).toBe('amqp://mq.example.org');
});
