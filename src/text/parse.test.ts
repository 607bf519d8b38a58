import fc from 'fast-check';
import type { Block, Inline } from './document.ts';
import { parseText } from './parse.ts';
import { plainText } from './plain.ts';

const inline = (text: string): readonly Inline[] => {
  const [block] = parseText(text);
  if (block?.kind !== 'paragraph') throw new Error('not prose');
  return block.children;
};
const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (value: string): Block => ({ kind: 'paragraph', children: [text(value)] });
const item = (value: string, number: number | null = null, done: boolean | null = null) => ({
  value: number,
  done,
  blocks: [paragraph(value)],
});

describe('marks', () => {
  test('plain text stays one node, line breaks and blank lines included', () => {
    expect(parseText('one\ntwo\r\n\nthree')).toEqual([paragraph('one\ntwo\n\nthree')]);
  });

  test.each(['**', '__'])('words between %s are bold', (mark) => {
    expect(inline(`${mark}a${mark}`)).toEqual([{ kind: 'bold', children: [text('a')] }]);
  });

  test.each(['*', '_'])('words between %s are in italics', (mark) => {
    expect(inline(`${mark}a${mark}`)).toEqual([{ kind: 'italic', children: [text('a')] }]);
  });

  test('marks stand inside one another, three signs are both', () => {
    expect(inline('**bold _both_** ~~gone~~ ***a***')).toEqual([
      { kind: 'bold', children: [text('bold '), { kind: 'italic', children: [text('both')] }] },
      text(' '),
      { kind: 'strike', children: [text('gone')] },
      text(' '),
      { kind: 'bold', children: [{ kind: 'italic', children: [text('a')] }] },
    ]);
  });

  test('two bars hide what is between them', () => {
    expect(inline('it is ||the **butler**||')).toEqual([
      text('it is '),
      { kind: 'spoiler', children: [text('the '), { kind: 'bold', children: [text('butler')] }] },
    ]);
  });

  test.each([
    '2*3*4',
    '2**8 + 3**2',
    'snake_case_name',
    'a * b * c',
    '5 ~ 6',
    'a || b || c',
    '*',
    '**',
    '_open',
    'привет_мир_снова',
    '\\\\server\\share',
    'C:\\Users\\ana',
    '/\\w+\\.\\d/',
  ])('%s stays as typed', (typed) => {
    expect(inline(typed)).toEqual([text(typed)]);
  });

  test('words that no spaces part may be marked in between', () => {
    expect(inline('这是**重要**的')).toEqual([text('这是'), { kind: 'bold', children: [text('重要')] }, text('的')]);
  });

  test('marks left open do not swallow the pair around them', () => {
    expect(inline('*a _b*')).toEqual([{ kind: 'italic', children: [text('a _b')] }]);
  });

  test('a backslash takes a mark its meaning', () => {
    expect(inline('\\*a\\* \\_b\\_ \\@ana \\[x](https://a.org)')[0]).toEqual(text('*a* _b_ @ana [x](https://a.org)'.slice(0, 17)));
    expect(parseText('\\# no head\n\\- no item\n\\> no quote')).toEqual([paragraph('# no head\n- no item\n> no quote')]);
  });

  test('code keeps marks, links and mentions as typed, and ends with as many signs as it began', () => {
    expect(inline('see `*a* @b https://c.d`')).toEqual([text('see '), { kind: 'code', text: '*a* @b https://c.d' }]);
    expect(inline('`` a`b `` and ```c``` `open')).toEqual([
      { kind: 'code', text: 'a`b' },
      text(' and '),
      { kind: 'code', text: 'c' },
      text(' `open'),
    ]);
  });
});

describe('blocks', () => {
  test('fenced code keeps its lines and names its language', () => {
    expect(parseText('before\n```ts\nconst a = *1*;\n\n  b();\n```\nafter')).toEqual([
      paragraph('before'),
      { kind: 'code', text: 'const a = *1*;\n\n  b();', language: 'ts' },
      paragraph('after'),
    ]);
    expect(parseText('```one line```')).toEqual([{ kind: 'code', text: 'one line', language: null }]);
  });

  test('a longer fence holds shorter ones, and fences may be of tildes', () => {
    expect(parseText('````md\n```\n@all\n```\n````\nafter')).toEqual([
      { kind: 'code', text: '```\n@all\n```', language: 'md' },
      paragraph('after'),
    ]);
    expect(parseText('~~~ts\n@all ~~\n```\n~~~~')).toEqual([{ kind: 'code', text: '@all ~~\n```', language: 'ts' }]);
    expect(parseText('````a ``` b````')).toEqual([{ kind: 'code', text: 'a ``` b', language: null }]);
    expect(parseText('```\na\n````')).toEqual([{ kind: 'code', text: 'a', language: null }]);
    for (const open of ['````\na\n```', '~~~\na\n```', '~~~ two words\na\n~~~', '~~~a~~~', '~~\na\n~~'])
      expect(parseText(open)[0]?.kind).toBe('paragraph');
  });

  test('a fence that is never closed is text', () => {
    expect(parseText('```\nconst a')[0]?.kind).toBe('paragraph');
  });

  test('lines after > are a quote, and quotes stand in one another', () => {
    expect(parseText('> said\n> so\n> > before\nindeed >_<')).toEqual([
      { kind: 'quote', blocks: [paragraph('said\nso'), { kind: 'quote', blocks: [paragraph('before')] }] },
      paragraph('indeed >_<'),
    ]);
  });

  test('lists have items, tasks and lists of their own, and end where people go on', () => {
    expect(parseText('- a\n  - b\n- [x] c\n- [ ] d\nafter')).toEqual([
      {
        kind: 'list',
        ordered: false,
        items: [
          { value: null, done: null, blocks: [paragraph('a'), { kind: 'list', ordered: false, items: [item('b')] }] },
          item('c', null, true),
          item('d', null, false),
        ],
      },
      paragraph('after'),
    ]);
  });

  test('numbers stay as typed, and are counted where all are the same', () => {
    expect(parseText('3. c\n7) g')).toEqual([{ kind: 'list', ordered: true, items: [item('c', 3), item('g', 7)] }]);
    expect(parseText('1. a\n\n1. b')).toEqual([
      { kind: 'list', ordered: true, items: [{ value: 1, done: null, blocks: [paragraph('a')] }, item('b', 2)] },
    ]);
  });

  test.each(['-5', '1.5', '12:30', '#channel', '#', '+ 1', '— so', '-- ', '| a', 'a | b'])('%s is text', (typed) => {
    expect(parseText(`${typed}.`)).toEqual([paragraph(`${typed}.`)]);
  });

  test('headings and rules', () => {
    expect(parseText('## The plan ##\n---\nso')).toEqual([
      { kind: 'heading', level: 2, children: [text('The plan')] },
      { kind: 'rule' },
      paragraph('so'),
    ]);
  });

  test('tables, with fewer and more cells than columns', () => {
    expect(parseText('| a | b |\n|:-:|--:|\n| **1** |\n| x \\| y | 2 | 3 |\nend')).toEqual([
      {
        kind: 'table',
        columns: ['center', 'right'],
        head: [[text('a')], [text('b')]],
        rows: [[[{ kind: 'bold', children: [text('1')] }]], [[text('x | y')], [text('2 | 3')]]],
      },
      paragraph('end'),
    ]);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'http://',
      'https://a.b/',
      'www.',
      '[',
      '](',
      ')',
      '(',
      '`',
      '``',
      '```',
      '*',
      '**',
      '_',
      '__',
      '~~',
      '||',
      '|',
      '@',
      '@a',
      'a@b.c',
      '\\',
    ],
    ...[' ', '\n', '> ', '- ', '1. ', '# ', '---', '|-|', '<', '>', 'h', 'я', '看', '。', '👨‍👩‍👧', '\ud800', '\u0000', '!', '.', '"', '    '],
  );
  const hostile = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
  /** What marks and blocks may take away or add. */
  const bare = (typed: string): string => typed.replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}。]/gu, '');

  test('is read without an error, and each of its letters once', () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        // Targets of links and numbers of items are no words.
        const typedWords = bare(typed.replaceAll(/\]\([^\s]*|\d|1\. |mailto/g, ''));
        const readWords = bare(plainText(typed).replaceAll(/\d/g, ''));
        if (!typed.includes('](') && !typed.includes('```')) expect(readWords).toBe(typedWords);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the lone code units, NUL and every ASCII sign 16,000 times are read', () => {
    for (let code = 0; code < 128; code++) expect(Array.isArray(parseText(String.fromCharCode(code).repeat(16_000)))).toBe(true);
    expect(parseText('\ud800'.repeat(16_000))).toHaveLength(1);
  });

  test.each(
    [
      '*',
      '*a ',
      '*a_ ',
      '_a*b',
      '`',
      '[',
      '[a](',
      '](',
      '[a](https://x.org/',
      '![',
      '<',
      '<http://',
      '<a@',
      'https://',
      'http://a)',
      '@',
      'a@',
      '@a',
      'a.',
      'a@b.',
    ]
      .concat([
        '> ',
        '>',
        '> - ',
        '- ',
        '- a\n',
        '- a\n\n',
        '  - a\n',
        '1. a\n',
        '```\n',
        '~~~',
        '~~~\n',
        '~~~\n````\n',
        '@a@b.',
        '(',
        '*_~',
        '||a',
        '|',
        '|\n',
        '|a',
        '# a\n',
        '\\*',
        '\t',
        '[a](b "',
        "[a](b '",
        '[a](b (',
        '- - ',
        '<http://[',
      ])
      .map((unit) => [unit]),
  )('of many %j is read in one go', (unit) => {
    const long = 400_000;
    expect(Array.isArray(parseText(unit.repeat(long / unit.length)))).toBe(true);
    expect(Array.isArray(parseText(`|a|b|\n|-|-|\n${unit.repeat(20_000 / unit.length)}`))).toBe(true);
  });

  test('an address longer than a browser takes is text, and what follows is read', () => {
    const long = `https://example.org/${'a'.repeat(3_000)}`;
    expect(inline(`${long} **now**`)).toEqual([text(`${long} `), { kind: 'bold', children: [text('now')] }]);
  });
});
