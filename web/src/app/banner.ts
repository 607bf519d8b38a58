import type { ConnectionState, SendingPause, StorageFault } from '../../../client/index.ts';

export interface Banner {
  readonly text:
    | 'connection.stalled'
    | 'connection.limited'
    | 'connection.busy'
    | 'connection.offline'
    | 'connection.connecting'
    | `storage.${StorageFault}`;
  /** In place of `text`: a text about so many messages that wait. */
  readonly counts: 'sending.limited' | 'sending.refused' | null;
  /** Unix milliseconds of the next try. */
  readonly until: number | null;
  /** It has lasted long enough when it is known. */
  readonly isSoon: boolean;
}

export interface Known {
  readonly connection: ConnectionState;
  readonly isStalled: boolean;
  readonly pause: SendingPause | null;
  readonly waiting: number;
}

/** The most serious reason why messages do not arrive or are not sent; null: there is none. */
export function bannerOf({ connection: { status, retryAt, code, storage }, isStalled, pause, waiting }: Known): Banner | null {
  if (status === 'offline')
    return { text: storage ? `storage.${storage}` : offlineText(code), counts: null, until: retryAt, isSoon: false };
  if (status === 'idle' || status === 'connecting') return { text: 'connection.connecting', counts: null, until: null, isSoon: false };
  if (isStalled) return { text: 'connection.stalled', counts: null, until: null, isSoon: true };
  if (!pause || waiting === 0) return null;
  if (pause.storage) return { text: `storage.${pause.storage}`, counts: null, until: pause.until, isSoon: true };
  const counts = pause.code === 'rate_limited' ? 'sending.limited' : 'sending.refused';
  return { text: 'connection.busy', counts, until: pause.until, isSoon: false };
}

function offlineText(code: ConnectionState['code']): Banner['text'] {
  if (code === 'rate_limited') return 'connection.limited';
  return code === undefined || code === 'offline' ? 'connection.offline' : 'connection.busy';
}
