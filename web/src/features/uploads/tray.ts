import { useMemo } from 'react';
import type { UploadHandle } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { Readable } from '../../shared/state/store.ts';
import { useStore } from '../../shared/state/use-store.ts';

type Uploads = readonly UploadHandle[];

/** Files that were attached and are in no message yet, in their order. */
export const inTray = (uploads: Uploads): Uploads => uploads.filter(({ state }) => state.get().clientMessageId === null);

/** The tray among the uploads of a conversation. It changes when a file comes, goes or is given to a message, and not with their progress. */
export function trayOf(uploads: Readable<Uploads>): Readable<Uploads> {
  let shown: Uploads = [];
  return {
    get() {
      const now = inTray(uploads.get());
      if (now.length !== shown.length || now.some((upload, at) => upload !== shown[at])) shown = now;
      return shown;
    },
    subscribe(listener) {
      const followed = new Map<UploadHandle, () => void>();
      const follow = () => {
        const now = new Set(uploads.get());
        for (const upload of now) if (!followed.has(upload)) followed.set(upload, upload.state.subscribe(listener));
        for (const [upload, leave] of followed) {
          if (now.has(upload)) continue;
          leave();
          followed.delete(upload);
        }
      };
      const leave = uploads.subscribe(() => {
        follow();
        listener();
      });
      follow();
      return () => {
        leave();
        for (const end of followed.values()) end();
      };
    },
  };
}

export function useTray(conversationId: string): Uploads {
  const { client } = useApp();
  return useStore(useMemo(() => trayOf(client.conversation(conversationId).uploads), [client, conversationId]));
}
