import { placeOf } from './place.ts';

test('a place is named without what is nobody’s business', () => {
  expect(placeOf('mongodb+srv://u:p@db.example.org/team?authSource=admin')).toBe('mongodb+srv://db.example.org/team');
  expect(placeOf('postgresql://u:p@ss@db.example.org:5432/team?sslmode=require')).toBe('postgresql://db.example.org:5432/team');
  expect(placeOf('rediss://:secret@cache.example.org:6380')).toBe('rediss://cache.example.org:6380');
  expect(placeOf('amqp://mq.example.org')).toBe('amqp://mq.example.org');
});
