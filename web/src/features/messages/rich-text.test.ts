import { build } from 'esbuild';
import fc from 'fast-check';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainText } from '../../../../src/text/plain.ts';

/** How many random texts are read. After a change of the reader: `CONFAB_TEST_TEXTS=100000 npm test -- rich-text`. */
const runs = Number(process.env['CONFAB_TEST_TEXTS'] ?? 10_000);

type Render = (text: string, mentioned: readonly { id: string; username: string }[]) => string;

const entry = `
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { RichText } from './rich-text.tsx';
export const render = (text, mentioned) => renderToStaticMarkup(createElement(RichText, { text, mentioned, myId: 'me' }));`;

/** The elements of the page without its styles, and without a page around them. */
async function renderer(): Promise<{ render: Render; folder: string }> {
  const cache = path.join(import.meta.dirname, '../../../../node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'confab-rich-text-'));
  const outfile = path.join(folder, 'rich-text.mjs');
  await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    packages: 'external',
    loader: { '.css': 'empty', '.svg': 'empty' },
    plugins: [
      {
        name: 'no page',
        setup: ({ onLoad }) => {
          onLoad({ filter: /app\/app-context\.tsx$/ }, () => ({
            contents: "export const useApp = () => ({ t: () => '' });",
            loader: 'ts',
          }));
        },
      },
    ],
  });
  const { render } = (await import(pathToFileURL(outfile).href)) as { render: Render };
  return { render, folder };
}

let render: Render;
let folder: string;
beforeAll(async () => {
  ({ render, folder } = await renderer());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** What somebody reads of elements: without the head of code, and without the host that stands behind a link with words of its own. */
const shownIn = (markup: string): string =>
  markup
    .replaceAll(/<div class="rich-block-head">.*?<\/div>/gs, '')
    .replaceAll(/ \([^()<>]*\)<\/a>/g, '</a>')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => named[name] ?? '');

/** Letters and signs, without what may be the mark of an item: the browser draws those itself. */
const lettersOf = (text: string): string => text.replaceAll(/[\s•\d.]|\ufffd/gu, '');

const pieces = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '``',
    '```',
    '~~~',
    '```js\n',
    '[',
    '](',
    ')',
    '(',
    '](https://a.example/x)',
    '|',
    '|-|',
    '> ',
    '- ',
    '1. ',
    '# ',
  ],
  ...[
    'https://b.example/path',
    'www.c.example',
    'mail@d.example',
    '<',
    '>',
    '&',
    '&amp;',
    '"',
    '\\',
    '@',
    '@ana',
    '@here',
    '@all',
    '@borís',
    '\n',
    '\n\n',
    ' ',
    '    ',
  ],
  ...['word', 'слово', 'ёж', '看', '👍', '👨‍👩‍👧', 'e\u0301', '\u200b', '\u00ad', '\u202e', '!', '.', ',', '。', '- [ ] ', '- [x] '],
);
const texts = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(''));

test('what the page shows of a text are the words that the server reads in it', () => {
  const mentioned = [{ id: 'a', username: 'ana' }];
  fc.assert(
    fc.property(texts, (text) => {
      expect(lettersOf(shownIn(render(text, mentioned)))).toBe(lettersOf(plainText(text)));
    }),
    { numRuns: runs },
  );
});
