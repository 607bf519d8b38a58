import fc from 'fast-check';
import { parseText, type Block, type Inline } from './parse.ts';
import { previewOf } from './plain.ts';
import { isEmojiOnly } from './emoji-only.ts';

const inline = (text: string): readonly Inline[] => {
  const [block] = parseText(text);
  if (!block || block.kind === 'code') throw new Error('not prose');
  return block.children;
};
const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('text of a message', () => {
  test('plain text stays one node, line breaks included', () => {
    expect(parseText('one\ntwo')).toEqual([{ kind: 'paragraph', children: [text('one\ntwo')] }]);
  });

  test('bold, italic and struck words are marked, also inside one another', () => {
    expect(inline('*bold _both_* ~gone~')).toEqual([
      { kind: 'bold', children: [text('bold '), { kind: 'italic', children: [text('both')] }] },
      text(' '),
      { kind: 'strike', children: [text('gone')] },
    ]);
  });

  test('doubled marks mean the same', () => {
    expect(inline('**bold** ~~gone~~')).toEqual([
      { kind: 'bold', children: [text('bold')] },
      text(' '),
      { kind: 'strike', children: [text('gone')] },
    ]);
  });

  test('sums, snake case and lone marks stay as typed', () => {
    for (const typed of ['2*3*4', 'snake_case_name', 'a * b * c', '5 ~ 6', '*', '**', '_open', 'привет_мир_снова']) {
      expect(inline(typed)).toEqual([text(typed)]);
    }
  });

  test('marks left open do not swallow the pair around them', () => {
    expect(inline('*a _b*')).toEqual([{ kind: 'bold', children: [text('a _b')] }]);
  });

  test('code keeps marks, links and mentions as typed', () => {
    expect(inline('see `*a* @b https://c.d`')).toEqual([text('see '), { kind: 'code', text: '*a* @b https://c.d' }]);
  });

  test('addresses become links without the punctuation around them', () => {
    expect(inline('go (https://example.org/a_(b)), now.')).toEqual([
      text('go ('),
      { kind: 'link', text: 'https://example.org/a_(b)', href: 'https://example.org/a_(b)' },
      text('), now.'),
    ]);
  });

  test('only http and https become links', () => {
    for (const typed of ['javascript:alert(1)', 'data:text/html,x', 'http://', 'xhttps://a.b']) {
      expect(JSON.stringify(parseText(typed))).not.toContain('"link"');
    }
  });

  test('mentions are found at the start of words only', () => {
    expect(inline('@Ana, mail ana@example.org')).toEqual([
      { kind: 'mention', text: '@Ana', username: 'ana' },
      text(', mail ana@example.org'),
    ]);
    expect(inline('ask @bob.')).toEqual([text('ask '), { kind: 'mention', text: '@bob', username: 'bob' }, text('.')]);
  });

  test('fenced blocks keep their lines and lose their language', () => {
    expect(parseText('before\n```ts\nconst a = *1*;\n\n  b();\n```\nafter')).toEqual([
      { kind: 'paragraph', children: [text('before')] },
      { kind: 'code', text: 'const a = *1*;\n\n  b();' },
      { kind: 'paragraph', children: [text('after')] },
    ]);
    expect(parseText('```one line```')).toEqual([{ kind: 'code', text: 'one line' }]);
  });

  test('a fence that is never closed is text', () => {
    expect(parseText('```\nconst a')[0]?.kind).toBe('paragraph');
  });

  test('lines after > are a quote', () => {
    expect(parseText('> said\n> so\nindeed')).toEqual([
      { kind: 'quote', children: [text('said\nso')] },
      { kind: 'paragraph', children: [text('indeed')] },
    ]);
  });

  test('nothing typed is lost in prose', () => {
    const flat = (nodes: readonly Inline[]): string => nodes.map((node) => ('children' in node ? flat(node.children) : node.text)).join('');
    const marksOut = (value: string): string => value.replace(/[*_~`\s]/g, '');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '_', '~', '`', 'a', ' ', '@', 'h', 'я') }), (typed) => {
        const shown = parseText(typed).map((block: Block) => (block.kind === 'code' ? block.text : flat(block.children)));
        expect(marksOut(shown.join(''))).toBe(marksOut(typed));
      }),
    );
  });

  test('hostile texts are parsed in one pass', () => {
    const long = 200_000;
    for (const unit of ['*', '*a ', '_a*b', '`', '[', 'https://', '@', '> ', '```\n', '(', '*_~', 'http://a)']) {
      expect(parseText(unit.repeat(long / unit.length)).length).toBeGreaterThanOrEqual(0);
    }
  });
});

test('a preview is one line without marks', () => {
  expect(previewOf('*Hello*\n`world`  and ```more```', 80)).toBe('Hello world and more');
  expect(previewOf('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`);
});

test('up to three emoji alone are shown large', () => {
  expect(isEmojiOnly('👍')).toBe(true);
  expect(isEmojiOnly('👩‍👩‍👧 🇫🇮 ❤️')).toBe(true);
  expect(isEmojiOnly('1')).toBe(false);
  expect(isEmojiOnly('👍 ok')).toBe(false);
  expect(isEmojiOnly('👍👍👍👍')).toBe(false);
});

describe('hostile text', () => {
  /** How often the address reader is asked whether something is an address, for a text. */
  function checksFor(hostile: string): number {
    const { canParse } = URL;
    let checks = 0;
    URL.canParse = (...input) => {
      checks++;
      return canParse(...input);
    };
    try {
      parseText(hostile);
    } finally {
      URL.canParse = canParse;
    }
    return checks;
  }

  test.each(['http://[', 'http://%', 'https://a b@', 'HTTP://h', 'http://x:y:', 'hhttp://', 'http://http://['])(
    'of many %s is checked no more often than it has words',
    (unit) => {
      for (const times of [10, 2_000]) {
        const hostile = unit.repeat(times).slice(0, 16_000);
        expect(checksFor(hostile)).toBeLessThanOrEqual(hostile.split(/\s/).length);
      }
    },
  );

  test('keeps every letter, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      'http://',
      'https://',
      '[',
      '%',
      '`',
      '``',
      '```',
      '*',
      '**',
      '_',
      '~',
      '@',
      '@a',
      ' ',
      '\n',
      '> ',
      'h',
      ')',
      '(',
      '.',
    );
    const plain = (nodes: readonly Inline[]): string =>
      nodes.map((node) => ('children' in node ? plain(node.children) : node.text)).join('');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const typed = parts.join('').replaceAll(/[`*_~\n>]/g, '');
        const blocks = parseText(typed);
        const read = blocks.map((block) => (block.kind === 'code' ? block.text : plain(block.children))).join('');
        expect(read.trim()).toBe(typed.trim());
      }),
    );
  });

  test('an address longer than a browser takes is text, and what follows is read', () => {
    const long = `https://example.org/${'a'.repeat(3_000)}`;
    expect(inline(`${long} *now*`)).toEqual([text(`${long} `), { kind: 'bold', children: [text('now')] }]);
  });
});
