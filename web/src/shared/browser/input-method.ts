/** The fields of a keyboard event that show whether an input method is composing. */
interface Press {
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly key: string;
  readonly timeStamp: number;
}

/** The code that browsers give to keys which an input method takes (UI Events, legacy key attributes). */
const takenKeyCode = 229;
/** A person does not press the next key so soon. */
const sameKeyMs = 30;

let endedAt = Number.NEGATIVE_INFINITY;

/** Follows the input method of a page; once, at its start. */
export function followInputMethod(view: Window): void {
  view.addEventListener('compositionend', (event) => (endedAt = event.timeStamp), true);
}

/**
 * Whether a key press belongs to the input method: it chooses among characters and is neither Enter nor an arrow to the page. Chromium and Firefox
 * say `isComposing`. WebKit ends the composition first and sends the key afterwards, with the code 229 or, in some versions, without.
 */
export function isInputMethod(press: Press): boolean {
  const isTaken = press.isComposing || press.keyCode === takenKeyCode || press.key === 'Process';
  if (press.key !== 'Enter') return isTaken;
  const isSameKey = Math.abs(press.timeStamp - endedAt) < sameKeyMs;
  // One Enter ends one composition: the next one is the page's, however soon it comes.
  endedAt = Number.NEGATIVE_INFINITY;
  return isTaken || isSameKey;
}
