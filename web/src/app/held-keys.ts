import { typeInto } from '../shared/browser/typed-insert.ts';

/**
 * Holds what is typed while the dialog that was asked for is still read, so that it does not go to the page below. Once the dialog has the
 * focus it is over: where that is a field, the text is put into it, and Enter is pressed there. Escape calls `onEscape`. Returns a function that lets go.
 */
export function holdKeys(onEscape: () => void): () => void {
  let text = '';
  let hasEntered = false;
  const hold = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') onEscape();
    else if (event.key === 'Enter') hasEntered = true;
    else if (event.key === 'Backspace') text = text.slice(0, -1);
    else if (event.key.length === 1 && !hasEntered) text += event.key;
  };
  const give = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || target.closest('[role=dialog], [role=alertdialog]') === null) return;
    letGo();
    if (!(target instanceof HTMLInputElement)) return;
    const end = target.value.length;
    if (text !== '') typeInto(target, text, { from: end, to: end });
    if (hasEntered) setTimeout(() => target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })));
  };
  const letGo = () => {
    document.removeEventListener('keydown', hold, true);
    document.removeEventListener('focusin', give);
  };
  document.addEventListener('keydown', hold, true);
  document.addEventListener('focusin', give);
  return letGo;
}
