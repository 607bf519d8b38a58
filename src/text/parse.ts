import type { Block, Document } from './document.ts';
import { codeAt, Fences } from './fences.ts';
import { parseInline } from './inline.ts';
import { readList } from './lists.ts';
import { readTable } from './tables.ts';

/** Deeper lists and quotes are text: each level reads its lines again, so that there must be an end to them. */
const deepest = 6;

/**
 * The one reading of a message's text, for server, client and page: fenced code, quotes, lists, tables, headings, rules, and paragraphs whose
 * line breaks and blank lines stay as typed. Linear in the length of any text; never throws.
 */
export const parseText = (text: string): Document => parseLines(text.replaceAll(/\r\n?/g, '\n').split('\n'), 0);

interface Reading {
  readonly lines: readonly string[];
  readonly depth: number;
  readonly fences: Fences;
}

/** The block that begins at a line, and the line after it. */
type Read = readonly [block: Block, next: number] | null;

function parseLines(lines: readonly string[], depth: number): Document {
  const reading = { lines, depth, fences: new Fences(lines) };
  const blocks: Block[] = [];
  let prose: string[] = [];
  const close = () => {
    const text = prose.join('\n').replace(/^\n+/, '').trimEnd();
    if (text !== '') blocks.push({ kind: 'paragraph', children: parseInline(text) });
    prose = [];
  };
  for (let at = 0; at < lines.length;) {
    const read = blockAt(reading, at);
    if (!read) {
      prose.push(lines[at++] ?? '');
      continue;
    }
    close();
    blocks.push(read[0]);
    at = read[1];
  }
  close();
  return blocks;
}

function blockAt(reading: Reading, at: number): Read {
  const line = reading.lines[at] ?? '';
  const first = line.trimStart()[0];
  if (first === undefined) return null;
  const read = first === '`' || first === '~' ? codeAt(reading, at) : null;
  if (read) return read;
  if (first === '#') return headingAt(line, at);
  if (first === '>') return quoteAt(reading, at);
  if ((first === '-' || first === '*' || first === '_') && rule.test(line)) return [{ kind: 'rule' }, at + 1];
  return listAt(reading, at) ?? (line.includes('|') ? readTable(reading.lines, at) : null);
}

const rule = /^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$/;
const quoteMark = /^>(?: |(?=>)|$)/;

function headingAt(line: string, at: number): Read {
  const level = /^#{1,6}(?=[ \t]+\S)/.exec(line)?.[0].length;
  if (level === undefined) return null;
  const words = line.slice(level).trim();
  // Closing signs are no words: `## Plan ##`.
  const text = /[ \t]#+$/.test(words) ? words.slice(0, words.lastIndexOf(' ')).trimEnd() : words;
  return text === '' ? null : [{ kind: 'heading', level, children: parseInline(text) }, at + 1];
}

function quoteAt({ lines, depth }: Reading, at: number): Read {
  if (depth >= deepest || !quoteMark.test(lines[at] ?? '')) return null;
  let end = at;
  while (end < lines.length && quoteMark.test(lines[end] ?? '')) end++;
  const inside = lines.slice(at, end).map((line) => line.replace(quoteMark, ''));
  return [{ kind: 'quote', blocks: parseLines(inside, depth + 1) }, end];
}

function listAt({ lines, depth }: Reading, at: number): Read {
  const read = depth < deepest ? readList(lines, at) : null;
  if (!read) return null;
  const { ordered, items, next } = read;
  const parsed = items.map(({ value, done, lines: own }) => ({ value, done, blocks: parseLines(own, depth + 1) }));
  return [{ kind: 'list', ordered, items: parsed }, next];
}
