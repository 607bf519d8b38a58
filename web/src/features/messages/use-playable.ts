import { type SyntheticEvent, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { isWorthRenewing } from './link-renewal.ts';

export interface Playable {
  /** Null until somebody wants to play it. */
  readonly address: string | null;
  readonly isLoading: boolean;
  readonly load: () => Promise<void>;
  /** For the player: a link that expired is replaced, and it goes on where it was. */
  readonly player: {
    readonly onError: (event: SyntheticEvent<HTMLMediaElement>) => void;
    readonly onLoadedMetadata: (event: SyntheticEvent<HTMLMediaElement>) => void;
  };
}

interface Place {
  readonly seconds: number;
  readonly wasPaused: boolean;
}

/** A sound or a video, whose player loads what it needs by itself. `failed`: it cannot be played here. */
export function usePlayable(fileId: string, failed: () => void): Playable {
  const { client, t, ui } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(false);
  const renewedAt = useRef<number | null>(null);
  const place = useRef<Place | null>(null);
  const load = async () => {
    setLoading(true);
    try {
      setAddress((await client.link(fileId)).url);
    } catch (error) {
      ui.showToast(failureText(t, error), 'error');
    } finally {
      setLoading(false);
    }
  };
  const onError = ({ currentTarget: { error, currentTime: seconds, paused: wasPaused } }: SyntheticEvent<HTMLMediaElement>) => {
    if (!isWorthRenewing(error?.code, { seconds, renewedAt: renewedAt.current })) {
      failed();
      return;
    }
    renewedAt.current = seconds;
    place.current = { seconds, wasPaused };
    void load();
  };
  const onLoadedMetadata = ({ currentTarget }: SyntheticEvent<HTMLMediaElement>) => {
    const { seconds, wasPaused } = place.current ?? { seconds: 0, wasPaused: false };
    place.current = null;
    if (seconds > 0) currentTarget.currentTime = seconds;
    if (seconds > 0 && wasPaused) currentTarget.pause();
  };
  return { address, isLoading, load, player: { onError, onLoadedMetadata } };
}
