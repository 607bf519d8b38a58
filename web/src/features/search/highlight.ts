import { folded } from '../../../../src/text/folded.ts';
import { beginningOf, graphemesOf } from '../../../../src/text/graphemes.ts';
import { previewOf } from '../../../../src/text/plain.ts';
import { isUnspaced, wordsIn } from '../../../../src/text/scripts.ts';

export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

/** The part of a text around the first word that was looked for, on one line, cut between whole signs. */
export function excerptOf(text: string, words: string, max: number): string {
  const line = previewOf(text, text.length);
  if (line.length <= max) return line;
  let at = 0;
  for (const { text: part, hit } of highlight(line, words)) {
    if (hit) break;
    at += part.length;
  }
  const start = at < line.length && at >= max / 2 ? beginningNear(line, at, max / 4) : 0;
  const shown = beginningOf(line.slice(start), max);
  return (start > 0 ? '…' : '') + shown.trimEnd() + (start + shown.length < line.length ? '…' : '');
}

/** After the last space that stands some signs before a place, or else between two signs there. */
function beginningNear(line: string, place: number, before: number): number {
  const from = Math.floor(place - before);
  const space = line.lastIndexOf(' ', from);
  return space >= from - before ? space + 1 : beginningOf(line, from).length;
}

const inWord = /^[\p{L}\p{M}\p{N}]/u;

type Kind = 'word' | 'unspaced' | 'between';

interface Run {
  readonly kind: Kind;
  readonly signs: string[];
}

/**
 * The text cut at the words that were looked for, folded as the server folds them: a word is lit as a whole, as beginnings and other forms are found
 * too; of a script without spaces what was looked for. No sign is cut in two.
 */
export function highlight(text: string, words: string): readonly Part[] {
  const wanted = wordsIn(folded(words));
  if (wanted.length === 0) return [{ text, hit: false }];
  const stems = wanted.filter((word) => !isUnspaced(word)).map((word) => word.slice(0, Math.max(3, word.length - 2)));
  const inside = wanted.filter(isUnspaced);
  const parts: Part[] = [];
  for (const run of runsOf(text))
    for (const part of run.kind === 'unspaced' ? litInside(run.signs, inside) : [litWhole(run, stems)]) append(parts, part);
  return parts;
}

const litWhole = ({ kind, signs }: Run, stems: readonly string[]): Part => {
  const text = signs.join('');
  const form = kind === 'word' ? folded(text) : '';
  return { text, hit: kind === 'word' && stems.some((stem) => form.startsWith(stem)) };
};

function litInside(signs: readonly string[], wanted: readonly string[]): Part[] {
  const forms = signs.map(folded);
  const lit = new Set<number>();
  for (let from = 0; from < forms.length; from++) {
    const rest = forms.slice(from, from + longestRun).join('');
    for (const word of wanted.filter((one) => rest.startsWith(one)))
      for (let at = from, length = 0; length < word.length && at < forms.length; at++) {
        lit.add(at);
        length += forms[at]?.length ?? 0;
      }
  }
  return signs.map((text, at) => ({ text, hit: lit.has(at) }));
}

/** Of what was looked for in a script without spaces, in signs. */
const longestRun = 100;

function append(parts: Part[], { text, hit }: Part): void {
  const last = parts.at(-1);
  if (last?.hit === hit) parts[parts.length - 1] = { text: last.text + text, hit };
  else parts.push({ text, hit });
}

function runsOf(text: string): Run[] {
  const found: Run[] = [];
  for (const { segment } of graphemesOf(text)) {
    const last = found.at(-1);
    // A soft hyphen or another sign that is not seen belongs to the word it stands in.
    const kind = folded(segment) === '' && last ? last.kind : kindOf(segment);
    if (last?.kind === kind) last.signs.push(segment);
    else found.push({ kind, signs: [segment] });
  }
  return found;
}

const kindOf = (sign: string): Kind => (isUnspaced(sign) ? 'unspaced' : inWord.test(sign) ? 'word' : 'between');
