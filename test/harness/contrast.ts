import type { Page } from 'playwright-core';

/** What a person sees and uses without reading it, and what says which one is chosen (WCAG 1.4.11). */
const selectors = [
  '.button-plain',
  '.input',
  '.switch',
  '.choice-mark',
  '.list-search',
  '.composer-box',
  '.segments',
  '.presence',
  '[aria-selected="true"]',
  '[aria-pressed="true"]',
  'a[aria-current="page"]',
  '.segment input:checked + span',
].join();

/** Controls of the page whose boundary, or whose mark of being chosen, has less than 3:1, measured from computed styles; [] when none. */
export const faintControls = (page: Page): Promise<readonly string[]> => page.evaluate(measure, selectors);

/** How many controls of either sort are on the screen: a check of nothing would pass. */
export const controlsShown = (page: Page): Promise<number> => page.locator(selectors).filter({ visible: true }).count();

/** Runs inside the page; browsers resolve every colour notation by painting it. */
function measure(selectors: string): string[] {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!paint) throw new Error('no canvas');
  const over = (backdrop: string, colour: string): string => {
    paint.fillStyle = backdrop;
    paint.fillRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = paint.getImageData(0, 0, 1, 1).data;
    return `rgb(${String(r)} ${String(g)} ${String(b)})`;
  };
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one: string, other: string): number => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const surfaceOf = (element: Element | null): string =>
    element === null ? 'rgb(255 255 255)' : over(surfaceOf(element.parentElement), getComputedStyle(element).backgroundColor);
  const around = (element: Element): string => surfaceOf(element.parentElement);
  const marks = (element: Element): string[] => {
    const { borderTopWidth, borderTopColor, boxShadow, outlineStyle, outlineColor } = getComputedStyle(element);
    const ring = boxShadow.includes('inset') ? /^(.+?\)) 0?-?\d/.exec(boxShadow)?.[1] : undefined;
    return [
      ...(parseFloat(borderTopWidth) > 0 ? [borderTopColor] : []),
      ...(outlineStyle === 'none' ? [] : [outlineColor]),
      ...(ring ? [ring] : []),
    ];
  };
  /** The fill against what lies around, or a line against either of the two surfaces that it parts. */
  const best = (element: Element): number => {
    const [outside, inside] = [around(element), surfaceOf(element)];
    const lines = marks(element).map((mark) => over(inside, mark));
    return Math.max(ratio(inside, outside), ...lines.flatMap((line) => [ratio(line, outside), ratio(line, inside)]));
  };
  return [...document.querySelectorAll(selectors)]
    .filter((element) => element.checkVisibility() && !element.matches(':disabled'))
    .map((element) => ({ element, has: best(element) }))
    .filter(({ has }) => has < 3)
    .map(({ element, has }) => `${has.toFixed(2)} ${element.outerHTML.slice(0, 120)}`);
}
