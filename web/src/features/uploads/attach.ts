import type { LocalApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { inTray } from './tray.ts';

/** Files of one message; the server takes no more. */
export const filesAtMost = 20;

/** Begins to upload files for the next message of the conversation. What cannot be attached is said. */
export async function attachFiles(app: LocalApp, conversationId: string, files: readonly File[]): Promise<void> {
  const { client, drafts, ui, t } = app;
  if (files.length === 0) return;
  if (drafts.of(conversationId).get().edit) {
    ui.showToast(t('files.whileEditing'), 'error');
    return;
  }
  const handle = client.conversation(conversationId);
  const room = filesAtMost - inTray(handle.uploads.get()).length;
  if (files.length > room) ui.showToast(t('files.tooMany', { count: filesAtMost }), 'error');
  ui.focusComposer();
  try {
    await Promise.all(files.slice(0, Math.max(0, room)).map((file) => handle.attach(file)));
  } catch (error) {
    ui.showToast(failureText(t, error), 'error');
  }
}

/** What was dropped or pasted: files, without folders, whose content a browser does not give as a file. */
export function filesIn(data: DataTransfer): { files: File[]; folders: number } {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const files = items.filter((item) => item.webkitGetAsEntry()?.isDirectory !== true).map((item) => item.getAsFile());
  return { files: files.filter((file) => file !== null), folders: items.length - files.length };
}
