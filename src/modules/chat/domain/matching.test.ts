import { matches } from './matching.ts';
import { readingOf } from './reading.ts';
import { queryOf, termsOf } from './terms.ts';

const texts = [
  'о встречах',
  'The meetings',
  'ＡＢＣ Ёлка',
  '明日の会議は中止です',
  'a well-known e-mail',
  `${'\u{20000}'.repeat(45)}最後に会議室`,
  '',
];
const queries = ['встреча', 'meet', 'abc', 'елки', '会議', '会中', '"well-known"', 'mails', 'x', '最後'];

test.each(queries)('“%s” is met by the texts whose terms say so', (q) => {
  const query = queryOf(q);
  for (const text of texts) {
    const terms = termsOf(text);
    const byTerms = query.groups.every((group) =>
      group.some(({ term, prefix }) => terms.some((one) => one === term || (prefix && one.startsWith(term)))),
    );
    expect([text, matches(text, query)]).toEqual([text, byTerms && query.literals.every((literal) => readingOf(text).includes(literal))]);
  }
});
