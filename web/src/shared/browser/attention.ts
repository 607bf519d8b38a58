import { store, type Readable } from '../state/store.ts';

/** Whether somebody looks at this page now: it is shown and has the focus. */
export function attention(view: Window): Readable<boolean> {
  const read = () => view.document.visibilityState === 'visible' && view.document.hasFocus();
  const looking = store(read());
  const follow = () => looking.set(read());
  view.addEventListener('focus', follow);
  view.addEventListener('blur', follow);
  view.document.addEventListener('visibilitychange', follow);
  return looking;
}
