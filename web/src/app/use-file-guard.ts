import { useEffect } from 'react';
import { useApp } from './app-context.tsx';

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

/** Keeps a file that is dropped or pasted from replacing the page, and shows that files cannot be sent. */
export function useFileGuard(): void {
  const { ui, t } = useApp();
  useEffect(() => {
    const over = (event: DragEvent) => {
      // Without this the browser would leave the page and open the file.
      if (hasFiles(event.dataTransfer)) event.preventDefault();
    };
    const refuse = (event: Event, data: DataTransfer | null) => {
      // What comes from an office program brings a picture beside its text; the text is taken.
      if (!hasFiles(data) || data?.types.includes('text/plain')) return;
      event.preventDefault();
      ui.showToast(t('composer.noFiles'), 'error');
    };
    const drop = (event: DragEvent) => {
      if (hasFiles(event.dataTransfer)) event.preventDefault();
      refuse(event, event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => refuse(event, event.clipboardData);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [ui, t]);
}
