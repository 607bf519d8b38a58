import { useState } from 'react';
import { failureText } from '../shared/failure.ts';
import { Button } from '../shared/ui/button.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { Notice } from '../shared/ui/empty.tsx';
import { Switch } from '../shared/ui/field.tsx';
import { useSubmit } from '../shared/ui/use-submit.ts';
import { useApp } from './app-context.tsx';
import type { OpenDialog } from './ui-state.ts';

/** Asked before what cannot be undone; stays open and says why when it did not work. */
export function ConfirmDialog({ dialog, onClose }: { dialog: Extract<OpenDialog, { name: 'confirm' }>; onClose: () => void }) {
  const { t } = useApp();
  const [isChosen, setChosen] = useState(false);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await dialog.onConfirm(isChosen);
    onClose();
  });
  return (
    <Dialog
      title={dialog.title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="danger" busy={busy} onClick={() => onSubmit()} data-autofocus>
            {dialog.confirm}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{dialog.text}</p>
        {dialog.option ? <Switch {...dialog.option} checked={isChosen} onChange={setChosen} /> : null}
        {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      </div>
    </Dialog>
  );
}
