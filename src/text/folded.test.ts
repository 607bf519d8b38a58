import fc from 'fast-check';
import { compareFolded, folded } from './folded.ts';

test.each<[string, string, ...string[]]>([
  ['case', 'анна', 'АННА', 'Анна'],
  ['case of letters that become two', 'strasse', 'Straße', 'STRASSE', 'STRAẞE'],
  ['Turkish i', 'istanbul', 'İstanbul', 'ISTANBUL', 'ıstanbul'],
  ['the Greek final sigma', 'οδοσ', 'ΟΔΟΣ', 'οδός', 'οδοσ'],
  ['Cherokee', 'ᏣᎳᎩ'.toLowerCase(), 'ᏣᎳᎩ'],
  ['ё', 'петр', 'Пётр', 'Петр', 'Пе\u0308тр'],
  ['a stress mark', 'замок', 'за\u0301мок', 'замо\u0301к'],
  ['accents', 'lopez', 'López', 'Lo\u0301pez', 'LOPEZ'],
  ['two accents on a letter', 'viet nam', 'Việt Nam', 'Viê\u0323t Nam'],
  ['Greek accents', 'αθηνα', 'Αθήνα', 'ΑΘΗΝΑ'],
  ['letters with a stroke', 'lukasz', 'Łukasz'],
  ['Scandinavian letters', 'soren', 'Søren', 'SØREN'],
  ['two letters in one', 'aesop', 'Æsop', 'ǼSOP'],
  ['width', 'abc 12', 'ＡＢＣ　１２'],
  ['half width', 'ガ', 'ｶﾞ', 'カ\u3099'],
  ['ligatures', 'office', 'oﬃce'],
  ['dashes', 'санкт-петербург', 'Санкт‑Петербург', 'Санкт–Петербург', 'Санкт—Петербург', 'Санкт−Петербург', 'Санкт－Петербург'],
  ['apostrophes', "don't", 'don’t', 'don‘t', 'donʼt', 'don`t', 'don´t', 'don′t', 'don＇t', 'don\u1ffdt', 'don\u1feft'],
  ['a Ukrainian apostrophe', "п'ять", 'п’ять', 'пʼять'],
  ['quotes', '"да"', '«да»', '“да”', '„да“', '＂да＂'],
  ['white space', 'a b', 'a\u00a0b', 'a  b', 'a\n\tb', 'a\u2009b', 'a\u3000b', 'a\u0085b', 'a\u2028b'],
  ['invisible signs', 'cooperate', 'co\u00adoperate', 'co\u200boperate', 'co\u2060op\ufefferate', '\u202ecooperate\u202c'],
  ['Hebrew points', 'שלום', 'שָׁלוֹם'],
  ['Arabic points and the long stroke', 'محمد', 'مُحَمَّد', 'محـــمد'],
])('%s does not matter', (_what, form, ...others) => {
  for (const text of [form, ...others]) expect([text, folded(text)]).toEqual([text, form]);
});

test.each([
  ['и', 'й'],
  ['у', 'ў'],
  ['і', 'ї'],
  ['は', 'ば'],
  ['हिन्दी', 'हनद'],
  ['กิน', 'กน'],
  ['ا', 'أ'],
  ['한', '하'],
])('%s and %s are letters of their own', (one, other) => {
  expect(folded(one)).not.toBe(folded(other));
});

test('й is й, composed or not, stressed or not', () => {
  expect(['й', 'Й', 'и\u0306', 'И\u0306', 'и\u0301\u0306'].map(folded)).toEqual(Array.from({ length: 5 }, () => 'й'));
});

test('the folded form of a folded form is itself, of every sign that is a letter, a mark or punctuation', () => {
  const changed: number[] = [];
  for (let code = 0; code < 0x30000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const form = folded(String.fromCodePoint(code));
    if (folded(form) !== form) changed.push(code);
  }
  expect(changed).toEqual([]);
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('aИиуіеЁёσΣςıİßÆ´`’«»— \t\u0301\u0306\u0308\u0323\u00ad\u200d\u064b\u0653ا\u05b0ש｀＂ﾞｶ\u1100\u1161'),
    ),
    maxLength: 12,
  }),
);

test('the folded form of a folded form is itself, of any text', () => {
  fc.assert(
    fc.property(text, (one) => {
      const form = folded(one);
      expect(folded(form)).toBe(form);
    }),
    { numRuns: 20_000 },
  );
});

test('the two normal forms and the three cases of a text are one', () => {
  fc.assert(
    fc.property(text, (one) => {
      const form = folded(one);
      expect(folded(one.normalize('NFD'))).toBe(form);
      expect(folded(one.normalize('NFC'))).toBe(form);
    }),
    { numRuns: 5_000 },
  );
});

test('common text is folded as all text is', () => {
  const sign = fc.constantFrom(...Array.from('azAZ09 \t\n\u00a0_`\'"«»“”„‘’–—-ЁёЙйАяЫ~!'));
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 15 }), (one) => {
      expect(`${folded(one)}\u4e00`).toBe(folded(`${one}\u4e00`));
    }),
    { numRuns: 5_000 },
  );
});

test('names are ordered without regard to case and accents, and never by the locale', () => {
  expect(['Ян', 'ёж', 'Éva', 'anna', 'Яна', 'Ева', 'Anna', 'eva'].sort(compareFolded)).toEqual([
    'Anna',
    'anna',
    'eva',
    'Éva',
    'Ева',
    'ёж',
    'Ян',
    'Яна',
  ]);
});
