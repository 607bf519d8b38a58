import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import './edits-dialog.css';

/** What a message said before, oldest first as the server has it, below the text of now. */
export function EditsDialog({ dialog: { message }, onClose }: { dialog: Extract<OpenDialog, { name: 'edits' }>; onClose: () => void }) {
  const { client, t, times } = useApp();
  const paged = usePagedList(`${message.id} ${String(message.rev)}`, (cursor) =>
    client.call(api.chat.listEdits, { messageId: message.id, ...(cursor === undefined ? {} : { cursor }) }),
  );
  return (
    <Dialog title={t('edits.title')} closeLabel={t('close')} textOnly onClose={onClose}>
      <Version label={t('edits.now')} text={message.text} />
      <PagedView paged={paged} label={t('edits.former')} none={t('edits.none')} className="edits" waitingRows={2}>
        {({ text, endedAt }) => (
          <li key={endedAt}>
            <Version label={t('edits.until', { when: times.full(new Date(endedAt)) })} text={text} />
          </li>
        )}
      </PagedView>
    </Dialog>
  );
}

function Version({ label, text }: { label: string; text: string }) {
  return (
    <section className="edit">
      <h3 className="edit-label">{label}</h3>
      <p className="edit-text" dir="auto">
        {text}
      </p>
    </section>
  );
}
