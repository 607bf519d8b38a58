/** Two rows that stay on the page with all between them; one alone is a pair with itself. */
export type HeldRows = readonly [Element, Element];

/**
 * What must not leave the page although it is far from what is read: the row that was pressed or had the focus last, which a menu or a dialog
 * may belong to, what is selected, and what plays or has been played in part.
 */
export function heldRows(list: HTMLElement, touched: Element | null): readonly HeldRows[] {
  const { activeElement } = list.ownerDocument;
  const kept = [...list.querySelectorAll('[data-menu], audio, video')].filter((element) => !isPlayer(element) || isUnderWay(element));
  const rows = new Set([touched, activeElement, ...kept].map((element) => rowOf(list, element)));
  const held = [...rows].flatMap((row): HeldRows[] => (row ? [[row, row]] : []));
  const [first, last] = [selectedRows(list).at(0), selectedRows(list).at(-1)];
  return first && last ? [...held, [first, last]] : held;
}

/** The rows that the selection reaches into, and the one where it could begin. */
export function selectedRows(list: HTMLElement): readonly Element[] {
  const selection = list.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  return range.intersectsNode(list) ? [...list.children].filter((row) => !isGap(row) && range.intersectsNode(row)) : [];
}

/** The row that an element is in. */
export function rowOf(list: HTMLElement, element: Element | null): Element | null {
  let row = element;
  while (row && row.parentElement !== list) row = row.parentElement;
  return row;
}

export const isGap = (row: Element): boolean => row.matches('[data-gap]');

const isPlayer = (element: Element): element is HTMLMediaElement => element.matches('audio, video');

const isUnderWay = ({ paused, ended, currentTime }: HTMLMediaElement): boolean => !ended && (!paused || currentTime > 0);
