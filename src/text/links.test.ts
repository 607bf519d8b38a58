import type { Block, Inline } from './document.ts';
import { parseText } from './parse.ts';

const inline = (text: string): readonly Inline[] => {
  const [block] = parseText(text);
  if (block?.kind !== 'paragraph') throw new Error('not prose');
  return block.children;
};
const text = (value: string): Inline => ({ kind: 'text', text: value });
const link = (words: string, href = words, host: string | null = null): Inline => ({ kind: 'link', href, children: [text(words)], host });
const paragraph = (value: string): Block => ({ kind: 'paragraph', children: [text(value)] });
describe('links', () => {
  test.each([
    ['go (https://example.org/a_(b)), now.', 'https://example.org/a_(b)'],
    ['https://example.org/_', 'https://example.org/_'],
    ['https://example.org/a* b*', 'https://example.org/a*'],
    ['_https://example.org/a_', 'https://example.org/a'],
    ['**https://example.org/a**', 'https://example.org/a'],
    ['||https://example.org/a||', 'https://example.org/a'],
    ['<https://example.org/?x=*>', 'https://example.org/?x=*'],
    ['看 https://example.org/a，然后', 'https://example.org/a'],
    ['（https://example.org/a）。', 'https://example.org/a'],
    ['「https://example.org/a」', 'https://example.org/a'],
    ['«https://example.org/a»', 'https://example.org/a'],
    ['“https://example.org/a”…', 'https://example.org/a'],
    ['https://example.org/a—so', 'https://example.org/a'],
    ['https://example.org/a؟', 'https://example.org/a'],
    ['[https://example.org/a]', 'https://example.org/a'],
    // Half-width, small and vertical signs, and the ends of sentences of other scripts.
    ...['｡', '､x', '｣', '﹚', '︒', '︶', '＞', '＂', '॥', '।', '۔', '։', '።', '။', '។', '‼', '›', '‚x', '⟩', '❞'].map((end) => [
      `https://example.org/a${end}`,
      'https://example.org/a',
    ]),
    ['‹https://example.org/a›', 'https://example.org/a'],
    // What is not drawn would show another address than the one it leads to.
    ['https://example.org/a\u202egnp.exe', 'https://example.org/a'],
    ['https://example.org/a\u200bx', 'https://example.org/a'],
    ['https://example.org/a?b=1&amp;c=2!', 'https://example.org/a?b=1&amp;c=2'],
  ])('in %s the address is %s', (typed, href) => {
    expect(JSON.stringify(parseText(typed))).toContain(JSON.stringify({ kind: 'link', href, children: [text(href)], host: null }));
  });

  test.each([
    'https://ja.wikipedia.org/wiki/ジョン・スミス',
    'https://ca.wikipedia.org/wiki/Col·lecció',
    'https://fa.wikipedia.org/wiki/می\u200cخواهم',
    'https://example.org/👩\u200d💻/❤\ufe0f',
    'https://example.org/l’été_1914–1918',
    "https://example.org/!#$%&'()*+,-./:;=?@[]^_{|}~\\x",
  ])('%s is one address', (typed) => {
    expect(inline(`${typed} x`)).toEqual([link(typed, new URL(typed).href), text(' x')]);
  });

  test('www and mail addresses lead somewhere too, also of other alphabets', () => {
    expect(inline('www.example.org/x, ana.lee@example.org. https://почта.рф/a')).toEqual([
      link('www.example.org/x', 'https://www.example.org/x'),
      text(', '),
      link('ana.lee@example.org', 'mailto:ana.lee@example.org'),
      text('. '),
      link('https://почта.рф/a', 'https://xn--80a1acny.xn--p1ai/a'),
    ]);
  });

  test('words may lead to an address, whose host is named when they name another', () => {
    expect(inline('[the plan](https://example.org/p_(1)) ![a cat](https://example.org/cat.png "Tom") [](https://example.org)')).toEqual([
      link('the plan', 'https://example.org/p_(1)'),
      text(' '),
      link('a cat', 'https://example.org/cat.png'),
      text(' '),
      link('https://example.org/'),
    ]);
    for (const title of ["'Tom'", '(Tom)', '"T (o) m"'])
      expect(inline(`[a cat](https://example.org/cat.png ${title})`)).toEqual([link('a cat', 'https://example.org/cat.png')]);
    expect(inline('[https://bank.example](https://evil.example/x)')).toEqual([
      link('https://bank.example', 'https://evil.example/x', 'evil.example'),
    ]);
    expect(inline('[example.org](https://www.example.org/x)')).toEqual([link('example.org', 'https://www.example.org/x')]);
  });

  test.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](/etc/passwd)',
    '[a] (b)',
    '[a](b c)',
    '[a',
    'a](b)',
    'javascript:alert(1)',
    'http://',
    'xhttps://a.b',
  ])('%s is no link', (typed) => {
    expect(parseText(typed)).toEqual([paragraph(typed)]);
  });

  test('no link has another in it, and calls nobody', () => {
    expect(inline('[a @ana https://b.org](https://c.org)')).toEqual([link('a @ana https://b.org', 'https://c.org/', 'c.org')]);
  });
});

describe('mentions', () => {
  test.each([
    ['@Ana, mail ana@example.org', [['ana']]],
    ['ask @bob.', [['bob']]],
    ['@boris.look at this', [['boris.look', 'boris']]],
    ['@ana.@boris', [['ana'], ['boris']]],
    ['(@a_b-c)', [['a_b-c', 'a_b', 'a']]],
    ['`@all` and https://social.example/@boris/1', []],
    ['[@boris](https://a.org)', []],
    ['@@ana a@ana', [['ana']]],
    // A combining mark belongs to its letter; a script without spaces needs none before a mention.
    ['caf\u00e9@ana cafe\u0301@ana и\u0306@ana मी@ana 𝒜@ana', []],
    ['你好@ana さん@bob 안녕@eva', [['ana'], ['bob'], ['eva']]],
    // People of other servers.
    ['@ana@social.example said, @ana@почта.рф too; @ana@bob', [['ana']]],
    ['**@ana** _@bob_', [['ana'], ['bob']]],
  ])('%s', (typed, names) => {
    const found: unknown[] = [];
    JSON.stringify(parseText(typed), (_key, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'names' in value) found.push(value.names);
      return value;
    });
    expect(found).toEqual(names);
  });
});
