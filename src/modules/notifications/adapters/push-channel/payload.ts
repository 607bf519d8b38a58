import { beginningOf } from '../../../../text/graphemes.ts';
import type { Language, Note } from '../../ports.ts';

/** Services take 4,096 bytes sealed, some fewer. */
const mostBytes = 3000;
const longestTitle = 120;

/**
 * What a browser is sent, as JSON in UTF-8, at most 3,000 bytes: the envelope of Declarative Web Push, which Safari shows by itself, with the fields of
 * our service worker beside it. Both show one notification, since both have the tag. What does not fit is left out: first the end of the text,
 * then what else could be closed.
 */
export const payloadOf = (note: Note, publicUrl: string): Buffer => fitted(note, (shorter) => encoded(shorter, publicUrl), mostBytes);

/** The note as `encode` writes it, within so many bytes as long as there is something to leave out. */
export function fitted(note: Note, encode: (note: Note) => Buffer, most: number): Buffer {
  let bytes = encode(note);
  for (let next = shortened(note); next !== null && bytes.byteLength > most; next = shortened(next)) bytes = encode(next);
  return bytes;
}

/** Null where there is nothing more to leave out. */
function shortened(note: Note): Note | null {
  if (note.body.length > 40) return { ...note, body: cutAtWord(note.body, Math.floor(note.body.length / 2)) };
  const closing = Object.entries(note.readUpTo);
  if (closing.length > 0) return { ...note, readUpTo: Object.fromEntries(closing.slice(0, Math.floor(closing.length / 2))) };
  if (note.title.length > 40) return { ...note, title: cutAtWord(note.title, 40) };
  return note.iconPath === null ? null : { ...note, iconPath: null };
}

function encoded(note: Note, publicUrl: string): Buffer {
  const { eventId, receipt, cause, conversationId, messageId, seq, senderId, readUpTo, path, badge } = note;
  return Buffer.from(
    JSON.stringify({
      web_push: 8030,
      // Safari wakes the service worker, which confirms, and shows the notification itself where that fails.
      mutable: true,
      app_badge: badge,
      notification: {
        title: cutAtWord(note.title, longestTitle),
        body: note.body,
        navigate: `${publicUrl}${path}`,
        lang: note.language,
        dir: 'auto',
        tag: eventId,
        silent: false,
        timestamp: Date.parse(note.createdAt),
        ...(note.iconPath === null ? {} : { icon: `${publicUrl}${note.iconPath}` }),
        // Where Safari 18.4 looks for it.
        app_badge: String(badge),
        // All that the worker gets of ours where the browser has taken the envelope apart.
        data: { eventId, receipt, conversationId, seq },
      },
      eventId,
      receipt,
      cause,
      conversationId,
      messageId,
      seq,
      senderId,
      path,
      readUpTo,
      actions: actionsOf(note),
    }),
  );
}

const actionTexts: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { reply: 'Reply', read: 'Mark as read', accept: 'Accept', decline: 'Decline' },
  ru: { reply: 'Ответить', read: 'Прочитано', accept: 'Принять', decline: 'Отклонить' },
};

/** What can be done without opening the page; `read` and `reply` need a message. */
export function actionsOf({ cause, messageId, language }: Note): readonly { readonly action: string; readonly title: string }[] {
  const names = cause === 'call' ? ['accept', 'decline'] : messageId === null ? [] : ['reply', 'read'];
  return names.map((action) => ({ action, title: actionTexts[language][action] ?? action }));
}

/** The beginning of a text of at most so many UTF-16 units, its sign of the cut included; cut between words where the last one is not too long. */
export function cutAtWord(text: string, max: number): string {
  if (text.length <= max) return text;
  const beginning = beginningOf(text, max - 1);
  const words = /\s/.test(text[beginning.length] ?? '') ? beginning : beginning.replace(/\s+\S*$/u, '');
  return `${(words.length > max / 2 ? words : beginning).trimEnd()}…`;
}
