import type { Notification } from '../../shared/model.ts';

/** Somebody looks at this conversation in a tab of ours: what comes there needs no notification. */
export const isWatched = ({ conversationId }: Notification, watched: ReadonlyMap<string, string | null>): boolean =>
  conversationId !== null && [...watched.values()].includes(conversationId);

export interface DesktopText {
  readonly title: string;
  readonly body: string;
}

/** As a push says it: who and where, and the beginning of the text unless the person hides texts. */
export function desktopTextOf(
  { title, text }: Notification,
  { name, cause, showsText }: { name: string | null; cause: string; showsText: boolean },
): DesktopText {
  const isElsewhere = name !== null && name !== title;
  const heading = isElsewhere ? `${name} · ${title}` : title;
  return { title: heading, body: showsText && text !== '' ? text : cause };
}
