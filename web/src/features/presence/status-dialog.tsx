import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { usePresence } from '../people/people.ts';

const choices = ['online', 'away', 'dnd', 'invisible'] as const;

/** A status with a few words beside it. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const { client, t } = useApp();
  const me = useMe();
  const now = usePresence(me.id);
  const [status, setStatus] = useState<(typeof choices)[number]>(choices.find((choice) => choice === now?.status) ?? 'online');
  const [text, setText] = useState(now?.text ?? '');
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.setPresence(status, text.trim());
    onClose();
  });
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} onClick={() => onSubmit()}>
        {t('save')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.writeStatus')} size="small" onClose={onClose} footer={footer}>
      <form className="stack" onSubmit={onSubmit}>
        {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
        <TextField
          label={t('field.statusText')}
          placeholder={t('field.statusText.hint')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={140}
        />
        <SelectField
          label={t('field.status')}
          value={status}
          onChoose={setStatus}
          options={choices.map((choice) => ({ value: choice, label: t(`presence.${choice}`) }))}
        />
      </form>
    </Dialog>
  );
}
