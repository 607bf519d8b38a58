import { useEffect, useRef } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import type { Message } from '../../shared/model.ts';
import type { PagedList } from '../../shared/state/paged-list.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import './edits-dialog.css';

/** What a message said before, oldest first as the server has it, below the text of now. */
export function EditsDialog({ dialog: { message }, onClose }: { dialog: Extract<OpenDialog, { name: 'edits' }>; onClose: () => void }) {
  const { t } = useApp();
  const now = useNewest(message);
  return (
    <Dialog title={t('edits.title')} textOnly onClose={onClose}>
      {now.deletedAt === null ? <Versions message={now} /> : <Notice look="plain">{t('edits.deleted')}</Notice>}
    </Dialog>
  );
}

function Versions({ message: { id, text, editedAt } }: { message: Message }) {
  const { client, t, times } = useApp();
  const paged = usePagedList(id, (cursor) =>
    client.call(api.chat.listEdits, { messageId: id, ...(cursor === undefined ? {} : { cursor }) }),
  );
  useReadAgain(paged.list, `${String(editedAt)} ${text}`);
  return (
    <>
      <Version label={t('edits.now')} text={text} />
      <PagedView paged={paged} label={t('edits.former')} none={t('edits.none')} className="edits" waitingRows={2}>
        {({ text, endedAt }) => (
          <li key={endedAt}>
            <Version label={t('edits.until', { when: times.full(new Date(endedAt)) })} text={text} />
          </li>
        )}
      </PagedView>
    </>
  );
}

/** The message as it is now, wherever it stands: edits and deletions show while the dialog is open. */
function useNewest(message: Message): Message {
  const { client, quotes } = useApp();
  const { id, conversationId } = message;
  const followed = useStore(quotes.of(id, conversationId));
  const inWindow = useSelected(client.conversation(conversationId).timeline, ({ messages }) => messages.find((one) => one.id === id));
  return [followed, inWindow].reduce<Message>((newest, one) => (one && one.rev > newest.rev ? one : newest), message);
}

/** Reads the list anew for another version; what is shown stays until then. The first version is read by the list itself. */
function useReadAgain(list: PagedList<unknown>, version: string): void {
  const read = useRef(version);
  useEffect(() => {
    if (read.current === version) return;
    read.current = version;
    void readAgain(list);
  }, [list, version]);
}

/** As far as it was read before; a new former text stands at the end. */
async function readAgain(list: PagedList<unknown>): Promise<void> {
  const before = list.state.get();
  await list.reload();
  for (let now = list.state.get(); now.status === 'ready' && now.nextCursor !== null; now = list.state.get()) {
    if (before.nextCursor !== null && now.items.length >= before.items.length) return;
    await list.more();
  }
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
