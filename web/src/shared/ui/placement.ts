import { autoUpdate, computePosition, flip, offset, shift, size, type ReferenceElement } from '@floating-ui/dom';
import { useLayoutEffect, type RefObject } from 'react';

/** Where something opens: beside an element, which it then follows, or at a point of the window. */
export type Anchor = Element | DOMRect;

const marginPx = 8;
const gapPx = 4;

/** Keeps an element of `position: fixed` beside its anchor and inside what is seen of the page: scrolled, resized, over a screen keyboard. */
export function usePlacement(ref: RefObject<HTMLElement | null>, anchor: Anchor): void {
  useLayoutEffect(() => {
    const floating = ref.current;
    if (!floating) return;
    return isSheet() ? standAboveKeyboard(floating) : follow(floating, anchor);
  }, [ref, anchor]);
}

/** A finger on a small screen gets a sheet at the lower edge, where it reaches; the style sheet asks the same. */
const isSheet = (): boolean => window.matchMedia('(pointer: coarse) and (max-width: 720px)').matches;

function follow(floating: HTMLElement, anchor: Anchor): () => void {
  const reference: ReferenceElement = anchor instanceof Element ? anchor : { getBoundingClientRect: () => anchor };
  const isPoint = !(anchor instanceof Element) && anchor.width === 0;
  const place = () =>
    void computePosition(reference, floating, {
      strategy: 'fixed',
      placement: isPoint ? 'bottom-start' : 'bottom-end',
      middleware: [
        offset(isPoint ? 0 : gapPx),
        flip({ padding: marginPx }),
        shift({ padding: marginPx, crossAxis: true }),
        size({
          padding: marginPx,
          apply: ({ availableHeight }) => {
            floating.style.maxHeight = `${Math.max(smallestPx, availableHeight)}px`;
          },
        }),
      ],
    }).then(({ x, y }) => {
      floating.style.left = `${x}px`;
      floating.style.top = `${y}px`;
    });
  return autoUpdate(reference, floating, place);
}

/** A menu that has less room than this moves over its anchor instead. */
const smallestPx = 160;

function standAboveKeyboard(floating: HTMLElement): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  const stand = () => {
    floating.style.bottom = `${Math.max(0, window.innerHeight - seen.height - seen.offsetTop)}px`;
    floating.style.maxHeight = `${seen.height - marginPx}px`;
  };
  stand();
  seen.addEventListener('resize', stand);
  seen.addEventListener('scroll', stand);
  return () => {
    seen.removeEventListener('resize', stand);
    seen.removeEventListener('scroll', stand);
  };
}

/** Where a context menu opens: at the pointer, or beside the element when a key asked for it. */
export function anchorOf({ clientX: x, clientY: y }: { clientX: number; clientY: number }, element: Element): Anchor {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const isWithin = x > left && x < right && y > top && y < bottom;
  return isWithin ? new DOMRect(x, y, 0, 0) : element;
}
