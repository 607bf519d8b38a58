import fc from 'fast-check';
import type { ExpectedBlob, StoredBlob } from '../ports.ts';
import { compared } from './store-check.ts';

const expectedOf = (key: string, size = 1): ExpectedBlob => ({ key, size, of: 'file', sha256: key });
const storedOf = (key: string, size = 1): StoredBlob => ({ key, size, storedAt: 0 });

test('each side is held against the other as far as both are known', () => {
  const stored = ['a', 'c', 'd'].map((key) => storedOf(key));
  const expected = [expectedOf('a'), expectedOf('b'), expectedOf('c', 2)];
  const seen = compared({ stored, expected, limit: 3 });
  expect(seen.sound.map(({ key }) => key)).toEqual(['a']);
  expect(seen.missing.map(({ key }) => key)).toEqual(['b']);
  expect(seen.otherSize.map(({ key }) => key)).toEqual(['c']);
  expect([seen.orphans, seen.next]).toEqual([[], 'c']);
});

test('step by step every key is seen once, whatever is on either side', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map((number) => String(number).padStart(2, '0')));
  fc.assert(
    fc.property(keys, keys, fc.integer({ min: 1, max: 9 }), (there, known, limit) => {
      const [all, wanted] = [there.toSorted(), known.toSorted()];
      const found = { sound: [] as string[], missing: [] as string[], orphans: [] as string[] };
      for (let after: string | null = null, steps = 0; ; steps++) {
        expect(steps).toBeLessThan(130);
        const from = after;
        const page = (of: readonly string[]) => of.filter((key) => from === null || key > from).slice(0, limit);
        const { sound, missing, orphans, next } = compared({
          stored: page(all).map((key) => storedOf(key)),
          expected: page(wanted).map((key) => expectedOf(key)),
          limit,
        });
        found.sound.push(...sound.map(({ key }) => key));
        found.missing.push(...missing.map(({ key }) => key));
        found.orphans.push(...orphans.map(({ key }) => key));
        if (next === null) break;
        after = next;
      }
      expect(found).toEqual({
        sound: wanted.filter((key) => there.includes(key)),
        missing: wanted.filter((key) => !there.includes(key)),
        orphans: all.filter((key) => !known.includes(key)),
      });
    }),
  );
});
