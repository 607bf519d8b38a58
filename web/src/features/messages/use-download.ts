import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';

/** Loads a file of a message and gives it on; a failure is shown. */
export function useDownload(fileId: string, take: (content: Blob) => void): { isLoading: boolean; download: () => Promise<void> } {
  const { client, t, ui } = useApp();
  const [isLoading, setIsLoading] = useState(false);
  const download = async () => {
    setIsLoading(true);
    try {
      take(await client.download(fileId));
    } catch (error) {
      ui.showToast(failureText(t, error), 'error');
    } finally {
      setIsLoading(false);
    }
  };
  return { isLoading, download };
}
