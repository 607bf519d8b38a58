import { useMemo, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { failureText } from '../../shared/failure.ts';
import type { User } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { PeoplePicker } from '../people/people-picker.tsx';

export function AddMembers({ dialog, onClose }: { dialog: Extract<OpenDialog, { name: 'add-members' }>; onClose: () => void }) {
  const { client, t } = useApp();
  const { conversationId } = dialog;
  const members = useStore(client.conversation(conversationId).members);
  const inAlready = useMemo(() => new Set(members.map(({ userId }) => userId)), [members]);
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.chat.addMembers, { conversationId, userIds: chosen.map((person) => person.id) });
    onClose();
  });
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={() => onSubmit()}>
        {chosen.length === 0 ? t('action.addMembers') : t('members.add.submit', { count: chosen.length })}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.addMembers')} onClose={onClose} footer={footer}>
      <div className="stack">
        {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
        <PeoplePicker chosen={chosen} onChange={setChosen} without={inAlready} />
      </div>
    </Dialog>
  );
}
