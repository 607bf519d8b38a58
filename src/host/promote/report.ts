import type { Promoted } from '../../promote/promotion.ts';

interface Wording {
  readonly rows: string;
  readonly tables: string;
  /** Of what it says how many were copied. */
  readonly copied: string;
}

const usual: Wording = { rows: 'rows', tables: 'tables', copied: 'rows' };

/** What was moved and how long it took, line by line. */
export function reportOn(
  { tables, copiedRows, changedRows, copyMs, heldMs }: Promoted,
  { overMs, words = usual }: { overMs: number; words?: Wording },
): string[] {
  const filled = tables.filter(({ source }) => source.rows > 0);
  const width = Math.max(...filled.map(({ table }) => table.length), 0);
  return [
    ...filled.map(
      ({ table, source }) =>
        `${table.padEnd(width)} ${String(source.rows).padStart(10)} ${words.rows}, checksum ${checksumText(source.sum)}, equal`,
    ),
    `${String(tables.length)} ${words.tables} are equal in count and checksum, ${String(tables.length - filled.length)} of them empty.`,
    `Copied ${String(copiedRows)} ${words.copied} in ${(copyMs / 1000).toFixed(1)} s, ${String(changedRows)} of them again since they had changed.`,
    `Changes were held for ${String(heldMs)} ms; the server went over in ${String(overMs)} ms.`,
  ];
}

/** The sum of the rows' hashes in 64 bits. */
const checksumText = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16).padStart(16, '0');
