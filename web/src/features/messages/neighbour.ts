/** Leaves the focus on the message below, or else above, once the dialog that asked is gone. */
export function focusNeighbour(seq: number, view: Window = window): void {
  const { document } = view;
  const look = (tries: number) => {
    if (tries > 0 && document.querySelector('.dialog')) view.requestAnimationFrame(() => look(tries - 1));
    else neighbourOf(document, seq)?.focus({ preventScroll: true });
  };
  view.requestAnimationFrame(() => look(framesAtMost));
}

const framesAtMost = 60;

function neighbourOf(document: Document, seq: number): HTMLElement | undefined {
  const messages = [...document.querySelectorAll<HTMLElement>('.message')];
  const at = messages.findIndex(({ dataset }) => dataset['seq'] === String(seq));
  return messages[at + 1] ?? messages[at - 1] ?? messages[at];
}
