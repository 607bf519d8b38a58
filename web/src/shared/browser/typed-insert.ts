/**
 * Puts text in the place of a range of a field as if it were typed: the browser's own undo takes it back. A value that is set from outside would
 * empty the undo history.
 */
export function typeInto(
  area: HTMLTextAreaElement | HTMLInputElement,
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  area.focus();
  area.setSelectionRange(from, to);
  // Deprecated without a replacement: nothing else keeps the undo history.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
