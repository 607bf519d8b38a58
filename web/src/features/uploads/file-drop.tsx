import { useEffect, useState } from 'react';
import { type LocalApp, useApp } from '../../app/app-context.tsx';
import { openConversation } from '../conversations/open-conversation.ts';
import { attachFiles, filesIn } from './attach.ts';
import './uploads.css';

const hasFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere on the page, or pasted, for the open conversation. Without this a browser would leave the page and open the file. */
export function FileDrop() {
  const app = useApp();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(conversationFor(app) !== null);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      take(app, event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      // What comes from an office program brings a picture beside its text; the text is taken.
      if (!hasFiles(event.clipboardData) || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      take(app, event.clipboardData);
    };
    const listeners = [
      ['dragover', over],
      ['dragleave', leave],
      ['drop', drop],
      ['paste', paste],
    ] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener);
    };
  }, [app]);
  return isOver ? <DropZone /> : null;
}

function DropZone() {
  const { t } = useApp();
  return (
    <div className="drop-zone" aria-hidden="true">
      <p>{t('files.drop')}</p>
    </div>
  );
}

/** The conversation that files would go to. A dialog in front of it has nothing to do with it. */
const conversationFor = (app: LocalApp) =>
  document.querySelector('.composer') && !document.querySelector('dialog[open]') ? openConversation(app) : null;

function take(app: LocalApp, data: DataTransfer): void {
  const { ui, t } = app;
  const conversation = conversationFor(app);
  if (!conversation) {
    ui.showToast(t('files.nowhere'), 'error');
    return;
  }
  const { files, folders } = filesIn(data);
  if (folders > 0) ui.showToast(t('files.noFolders'), 'error');
  void attachFiles(app, conversation.id, files);
}
