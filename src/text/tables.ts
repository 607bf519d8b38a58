import type { Block, Table } from './document.ts';
import { parseInline } from './inline.ts';

const columnsAtMost = 32;

/** The table whose head is at a line: a line of cells, one of dashes with as many, and lines of cells. Null where none begins. */
export function readTable(lines: readonly string[], at: number): readonly [block: Block, next: number] | null {
  const rule = lines[at + 1] ?? '';
  if (!/^[\s|:-]+$/.test(rule) || !rule.includes('-') || !rule.includes('|')) return null;
  const [head, dashes] = [cellsOf(lines[at] ?? ''), cellsOf(rule)];
  if (head.length !== dashes.length || head.length > columnsAtMost || !dashes.every((cell) => /^:?-+:?$/.test(cell))) return null;
  let next = at + 2;
  const rows: Table['rows'][number][] = [];
  while (next < lines.length && (lines[next] ?? '').includes('|')) {
    rows.push(rowOf(cellsOf(lines[next] ?? ''), head.length));
    next++;
  }
  return [{ kind: 'table', columns: dashes.map(alignmentOf), head: head.map(parseInline), rows }, next];
}

/** What a row has too many stays, in its last cell. */
const rowOf = (cells: readonly string[], columns: number): Table['rows'][number] =>
  (cells.length <= columns ? cells : [...cells.slice(0, columns - 1), cells.slice(columns - 1).join(' | ')]).map(parseInline);

function alignmentOf(dashes: string): Table['columns'][number] {
  const [left, right] = [dashes.startsWith(':'), dashes.endsWith(':')];
  if (left && right) return 'center';
  return right ? 'right' : left ? 'left' : null;
}

/** Cells between bars; `\|` is a bar within a cell. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const text = line.trim();
  let cell = '';
  for (let at = text.startsWith('|') ? 1 : 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '\\' && text[at + 1] === '|') {
      cell += '|';
      at++;
    } else if (sign === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return cell.trim() === '' && cells.length > 0 ? cells : [...cells, cell.trim()];
}
