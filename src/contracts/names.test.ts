import fc from 'fast-check';
import { z } from 'zod';
import { name, optionalName } from './primitives.ts';

const line = name(80);

const read = (text: string): string | null => {
  const parsed = line.safeParse(text);
  return parsed.success ? parsed.data : null;
};

test.each<[string, string]>([
  ['Ana López', 'Ana López'],
  ['  Ana   López ', 'Ana López'],
  ['Ana Lo\u0301pez', 'Ana López'],
  ['Пётр Волков', 'Пётр Волков'],
  ['山田　太郎', '山田 太郎'],
  ['👩\u200d👩\u200d👧 Family', '👩\u200d👩\u200d👧 Family'],
  ['❤\ufe0f\u200d🔥', '❤\ufe0f\u200d🔥'],
  ['🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['क्\u200dष', 'क्\u200dष'],
  // Not given to any sign yet, and of a private font.
  ['\u{41938}', '\u{41938}'],
  ['\ue000', '\ue000'],
  ['สมชาย', 'สมชาย'],
  ['Nguyễn Thị Ánh', 'Nguyễn Thị Ánh'],
  ['\u2068علی\u2069 Ana', 'علی Ana'],
  ['Ana \u2067\u2066b\u2069\u2069', 'Ana b'],
  ['葛\u{e0100}城', '葛\u{e0100}城'],
  // A selector that selects nothing makes two names that look alike.
  ['Ana\ufe0f', 'Ana'],
  ['A\u{e0100}n\u180ba\ufe00\ufe01', 'Ana'],
  ['Team 1\ufe0f', 'Team 1'],
  ['1\ufe0f\u20e3 ℹ\ufe0f ‼\ufe0f ❤\ufe0f\ufe0f', '1\ufe0f\u20e3 ℹ\ufe0f ‼\ufe0f ❤\ufe0f'],
  ['👨🏻\u200d👩🏼\u200d👧🏽\u200d👦🏾', '👨🏻\u200d👩🏼\u200d👧🏽\u200d👦🏾'],
  ['ད\u0fb2\u0f7a\u0f44', 'ད\u0fb2\u0f7a\u0f44'],
])('%j is a name', (typed, kept) => {
  expect(read(typed)).toBe(kept);
});

test.each<[string, string]>([
  ['a line break', 'Ana\nOwner'],
  ['a carriage return', 'Ana\rOwner'],
  ['a tab', 'Ana\tOwner'],
  ['a line separator', 'Ana\u2028Owner'],
  ['a paragraph separator', 'Ana\u2029Owner'],
  ['a right-to-left override', 'Ana\u202egnp'],
  ['an isolate that stays open', 'Ana\u2067x'],
  ['a direction mark', 'Ana\u200fx'],
  ['a zero-width space', 'A\u200bna'],
  ['a word joiner', 'A\u2060na'],
  ['a soft hyphen', 'A\u00adna'],
  ['a byte order mark', '\ufeffAna'],
  ['a bell', 'Ana\u0007'],
  ['a NUL', 'Ana\u0000'],
  ['a C1 control', 'Ana\u0085'],
  ['a lone surrogate', 'Ana\ud800'],
  ['a joiner between Latin letters', 'A\u200dna'],
  ['a non-joiner at the end', 'علی\u200c'],
  ['tags without a flag', 'Ana\u{e0041}'],
  ['blank Braille alone', '\u2800'],
  ['a Hangul filler', '\u3164'],
  ['half-width and old fillers', '\uffa0\u115f\u1160'],
  ['a grapheme joiner', 'A\u034fna'],
  ['a variation selector alone', '\ufe0f'],
  ['an ignorable sign that is not given yet', '\u{e0fff}'],
  ['piled marks', 'A\u0316\u0317\u0318\u0319\u031c\u031dna'],
  ['an isolate that is closed before it opens', 'Ana\u2069\u2068x'],
  ['isolates around nothing', '\u2068\u2069'],
  ['an embedding, even closed', 'Ana\u202bx\u202c'],
  ['a combining mark alone', '\u0301'],
  ['marks without a letter', ' \u0301\u0302 '],
  ['a mark before the first letter', '\u0301Ana'],
  ['the same behind white space and an isolate', ' \u2068\u0489Ana\u2069'],
  ['an ignorable sign behind letters that is not given yet', 'Ana\u{e0fff}'],
  ['a filler of another script', 'Ana\u{16fe4}'],
  ['an enclosing keycap alone', '\u20e3'],
  ['a supplementary variation selector alone', '\u{e0100}'],
  ['Mongolian variation selectors alone', '\u180b\u180c'],
  ['tag characters alone', '\u{e0061}\u{e007f}'],
  ['an interlinear annotation', 'Ana\ufff9x\ufffb'],
  ['a chain of joined pictures', `👨${'\u200d👨'.repeat(12)}`],
  ['one syllable without end', '\u1100'.repeat(40)],
  ['a stack of conjuncts', 'क\u094d'.repeat(20) + 'क'],
  ['white space of every kind', ' \u00a0\u2003\u3000 '],
  ['nothing', ''],
])('%s is no name', (_what, typed) => {
  expect(read(typed)).toBeNull();
});

test('a line that may be empty keeps to the same rules', () => {
  expect(optionalName(10).parse('  ')).toBe('');
  expect(optionalName(10).safeParse('a\u202eb').success).toBe(false);
});

test('what is taken is its own canonical form, and shows something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
      const kept = read(typed);
      if (kept === null) return;
      expect(read(kept)).toBe(kept);
      expect(kept).toMatch(/[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}]/u);
      expect(kept.replace(/\u200c|\u200d|[\u{e0020}-\u{e007f}]/gu, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 5_000 },
  );
});

test('the documents say text of a length', () => {
  expect(z.toJSONSchema(name(80))).toMatchObject({ type: 'string', minLength: 1, maxLength: 80 });
});
