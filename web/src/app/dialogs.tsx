import { Fragment, useEffect, useLayoutEffect, useRef, useState, type ComponentType } from 'react';
import { useSelected, useStore } from '../shared/state/use-store.ts';
import { Layer } from '../shared/ui/overlay-host.ts';
import { readOverlayViews } from '../shared/ui/overlays.ts';
import { useApp } from './app-context.tsx';
import { addressOfDialog, dialogAt } from './dialog-address.ts';
import type { DialogViews } from './dialog-views.ts';
import { holdKeys } from './held-keys.ts';
import { readAllLater, readWhenIdle } from './later.tsx';
import { partWith } from './part.ts';
import type { OpenDialog } from './ui-state.ts';

readWhenIdle(readOverlayViews);

export function Dialogs() {
  const { client, navigation, ui } = useApp();
  const dialog = useStore(ui.dialog);
  const isIn = useSelected(client.session, ({ status }) => status === 'signed-in');
  const views = useViews({ isIn, isAsked: dialog !== null });
  useEffect(() => {
    const asked = isIn ? navigation.takeAskedDialog() : null;
    if (asked !== null) ui.dialog.set(dialogAt(asked));
  }, [isIn, navigation, ui]);
  if (!dialog || !isIn || !views) return null;
  const View = views[dialog.name] as ComponentType<{ dialog: OpenDialog; onClose: () => void }>;
  // An answer that comes late closes the dialog that waited for it, and not the one that is open by then.
  const close = () => ui.dialog.update((open) => (open === dialog ? null : open));
  return (
    <Fragment key={dialog.name}>
      <Layer onClose={close} name={addressOfDialog(dialog)} />
      <View dialog={dialog} onClose={close} />
    </Fragment>
  );
}

/** Loaded once the chat is shown, so that a dialog opens at once, also after the page has lost its connection. */
function useViews({ isIn, isAsked }: { isIn: boolean; isAsked: boolean }): DialogViews | null {
  const { ui, t } = useApp();
  const [views, setViews] = useState<DialogViews | null>(null);
  const isMissing = isIn && views === null;
  const isWaited = isMissing && isAsked;
  const letGo = useRef(() => {});
  useLayoutEffect(() => {
    if (isWaited) letGo.current = holdKeys(() => ui.dialog.set(null));
  }, [isWaited, ui]);
  // The dialog is there, and takes the focus in a moment; or it is not to be.
  useEffect(() => {
    if (!isAsked) letGo.current();
  }, [isAsked]);
  useEffect(() => {
    if (!isMissing) return undefined;
    const read = () =>
      partWith(['dialogs', 'notifications'], () => import('./dialog-views.ts')).then(
        (part) => {
          setViews(part.views);
          void readAllLater();
        },
        () => {
          if (!isAsked) return;
          ui.dialog.set(null);
          ui.showToast(t('part.failed'), 'error');
        },
      );
    if (!isAsked) return whenIdle(() => void read());
    void read();
    return undefined;
  }, [isMissing, isAsked, ui, t]);
  return views;
}

/** Safari has no idle callbacks. Returns a function that cancels it. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(act, laterMs);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: laterMs });
  return () => cancelIdleCallback(handle);
}

const laterMs = 3000;
