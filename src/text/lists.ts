/** An item with its lines, not read yet. */
interface RawItem {
  value: number | null;
  readonly done: boolean | null;
  readonly lines: string[];
}

export interface RawList {
  readonly ordered: boolean;
  readonly items: readonly RawItem[];
  /** The line after it. */
  readonly next: number;
}

const marker = /^([ \t]{0,12})([-*•]|\d{1,9}[.)])([ \t]+)(?=\S)/;
const task = /^\[([ xX])\][ \t]+(?=\S)/;

/**
 * The list that begins at a line. An item goes on in lines that are indented by two at least; a line that is neither an item nor indented ends
 * the list, so that what people type below it stays below it. Null where none begins.
 */
export function readList(lines: readonly string[], at: number): RawList | null {
  const first = markAt(lines[at]);
  if (!first) return null;
  const items: RawItem[] = [];
  let next = at;
  while (next < lines.length) {
    const mark = markAt(lines[next]);
    if (mark && mark.indent < first.indent + 2) {
      if (mark.ordered !== first.ordered) break;
      items.push(itemOf(mark, lines[next] ?? ''));
      next++;
      continue;
    }
    const end = endOfIndented(lines, next, first.indent + 2);
    if (end === next) break;
    items.at(-1)?.lines.push(...lines.slice(next, end).map((line) => withoutIndent(line, first.indent + 2)));
    next = end;
  }
  return { ordered: first.ordered, items: numbered(items), next };
}

interface Mark {
  readonly indent: number;
  readonly ordered: boolean;
  readonly value: number | null;
  readonly length: number;
}

function markAt(line = ''): Mark | null {
  const found = marker.exec(line);
  if (!found) return null;
  const [whole, indent = '', sign = ''] = found;
  const ordered = sign.length > 1;
  return { indent: widthOf(indent), ordered, value: ordered ? Number(sign.slice(0, -1)) : null, length: whole.length };
}

function itemOf({ value, length }: Mark, line: string): RawItem {
  const text = line.slice(length);
  const done = task.exec(text);
  return { value, done: done ? done[1] !== ' ' : null, lines: [done ? text.slice(done[0].length) : text] };
}

/** Where the indented lines end that go on with an item; blank lines count when more of the list follows them. */
function endOfIndented(lines: readonly string[], from: number, indent: number): number {
  let [end, blanks] = [from, 0];
  while (end + blanks < lines.length) {
    const line = lines[end + blanks] ?? '';
    if (line.trim() === '') blanks++;
    else if (widthOf(/^[ \t]*/.exec(line)?.[0] ?? '') >= indent) {
      end += blanks + 1;
      blanks = 0;
    } else {
      // A blank line between two items belongs to the list; before anything else it ends the list.
      return blanks > 0 && markAt(line) ? end + blanks : end;
    }
  }
  return end;
}

const widthOf = (space: string): number => space.replaceAll('\t', '    ').length;

function withoutIndent(line: string, width: number): string {
  const text = line.replace(/^[ \t]*/, (space) => space.replaceAll('\t', '    '));
  return text.slice(Math.min(width, text.length - text.trimStart().length));
}

/** Where each item was given the same number, as many write lists, they are counted. */
function numbered(items: RawItem[]): RawItem[] {
  const first = items[0]?.value ?? null;
  if (first !== null && items.length > 1 && items.every(({ value }) => value === first))
    items.forEach((item, index) => (item.value = first + index));
  return items;
}
