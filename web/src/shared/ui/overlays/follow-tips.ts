export interface Tip {
  readonly anchor: Element;
  readonly text: string;
  readonly keys: string | undefined;
}

/** A mouse that rests this long asks for the tooltip. */
const restMs = 500;
/** Whoever has just read one gets the next at once. */
const groupMs = 400;

/** Says which tooltip is asked for: by a mouse that rests, or by a key that moved the focus. A press, a key and a scroll put it away. */
export function followTips(view: Window, show: (tip: Tip | null) => void): () => void {
  let current: Element | null = null;
  let isShown = false;
  let hiddenAt = -Infinity;
  let timer: number | undefined;
  const open = (anchor: HTMLElement) => {
    const { tip, keys } = anchor.dataset;
    isShown = anchor.isConnected && tip !== undefined && tip !== '';
    if (isShown && tip !== undefined) show({ anchor, text: tip, keys });
  };
  const close = () => {
    view.clearTimeout(timer);
    current = null;
    if (!isShown) return;
    isShown = false;
    hiddenAt = performance.now();
    show(null);
  };
  const ask = (target: EventTarget | null, afterMs: number) => {
    const anchor = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
    if (anchor === current) return;
    close();
    if (!anchor) return;
    current = anchor;
    const waitMs = performance.now() - hiddenAt < groupMs ? 0 : afterMs;
    timer = view.setTimeout(() => open(anchor), waitMs);
  };
  const over = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'mouse') ask(target, restMs);
  };
  const focus = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.matches(':focus-visible[data-tip]')) ask(target, 0);
  };
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  view.addEventListener('pointerover', over, options);
  view.addEventListener('focusin', focus, options);
  for (const event of ['pointerdown', 'keydown', 'focusout', 'scroll', 'blur']) view.addEventListener(event, close, options);
  return () => {
    stop.abort();
    view.clearTimeout(timer);
  };
}
