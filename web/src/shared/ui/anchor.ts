/** Where something opens: beside an element, which it then follows, or at a point of the window. */
export type Anchor = Element | DOMRect;

/** Where a context menu opens: at the pointer, or beside the element when a key asked for it. */
export function anchorOf({ clientX: x, clientY: y }: { clientX: number; clientY: number }, element: Element): Anchor {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const isWithin = x > left && x < right && y > top && y < bottom;
  return isWithin ? new DOMRect(x, y, 0, 0) : element;
}
