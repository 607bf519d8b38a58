import { firstIdAt, hashSecret, newId, newSecret } from './ids.ts';

test('an id is a UUIDv7 of its millisecond', () => {
  const before = Date.now();
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBeGreaterThanOrEqual(before);
});

test('ids sort in the order they were made, more than one millisecond can number among them', () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ids go on in order when the clock goes back', () => {
  const now = Date.now();
  const ids = [newId(now + 5_000), newId(now), newId(now - 60_000), newId(now + 5_000), newId(now + 5_001)];
  expect(ids.toSorted()).toEqual(ids);
});

test('the first id of a moment is above those of before and below those of it', () => {
  const now = Date.now() + 60_000;
  const ids = [newId(now - 1), firstIdAt(now), newId(now), firstIdAt(now + 1), newId(now + 1)];
  expect(ids.toSorted()).toEqual(ids);
  expect([firstIdAt(-1), firstIdAt(0)]).toEqual(Array(2).fill('00000000-0000-0000-0000-000000000000'));
});

test('the random half of an id never repeats', () => {
  const tails = Array.from({ length: 20_000 }, () => newId().slice(19));
  expect(new Set(tails).size).toBe(tails.length);
});

test('a secret is new each time, safe in a link, and known again by its hash alone', () => {
  const secrets = Array.from({ length: 100 }, () => newSecret());
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  expect(hashSecret('a')).toBe(hashSecret('a'));
  expect(hashSecret('a')).not.toBe(hashSecret('b'));
});
