import { useEffect, useState } from 'react';
import { useDownload } from './use-download.ts';

/** What a page holds in memory of one sound or video, bytes; a longer one is downloaded. */
export const playedAtMost = 30 * 1024 * 1024;

/** The address of a sound or a video, once somebody wants to play it: null before. */
export function usePlayable(fileId: string): { address: string | null; isLoading: boolean; load: () => Promise<void> } {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(
    () => () => {
      if (address !== null) URL.revokeObjectURL(address);
    },
    [address],
  );
  const { isLoading, download } = useDownload(fileId, (content) => setAddress(URL.createObjectURL(content)));
  return { address, isLoading, load: download };
}
