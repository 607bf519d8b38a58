import type { Notification } from '../../shared/model.ts';

/** Somebody looks at this conversation in a tab of ours: what comes there needs no notification. */
export const isWatched = ({ conversationId }: Notification, watched: ReadonlyMap<string, string | null>): boolean =>
  conversationId !== null && [...watched.values()].includes(conversationId);
