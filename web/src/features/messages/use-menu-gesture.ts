import { useRef, type MouseEvent, type PointerEvent } from 'react';

const holdMs = 450;
const slipPx = 10;

export interface MenuGesture {
  readonly onContextMenu: (event: MouseEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** A right click, or a finger held still; iOS knows no `contextmenu`, so the hold is timed here. */
export function useMenuGesture(open: (at: DOMRect) => void): MenuGesture {
  const hold = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const stop = () => {
    if (hold.current) clearTimeout(hold.current.timer);
    hold.current = null;
  };
  return {
    onContextMenu(event) {
      // A link keeps the browser's menu, and so does a selection, which people copy from.
      if ((event.target as Element).closest('a, textarea, input, [role="menu"]') || String(getSelection()) !== '') return;
      event.preventDefault();
      stop();
      open(new DOMRect(event.clientX, event.clientY, 0, 0));
    },
    onPointerDown({ pointerType, clientX: x, clientY: y, target }) {
      stop();
      // A finger held on the text selects it, as everywhere on the device.
      if (pointerType !== 'touch' || (target as Element).closest('a, button, .rich')) return;
      hold.current = { x, y, timer: setTimeout(() => open(new DOMRect(x, y, 0, 0)), holdMs) };
    },
    onPointerMove({ clientX, clientY }) {
      if (hold.current && Math.hypot(clientX - hold.current.x, clientY - hold.current.y) > slipPx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
