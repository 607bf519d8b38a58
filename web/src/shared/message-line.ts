import { beginningOf } from '../../../src/text/graphemes.ts';
import { previewOf } from '../../../src/text/plain.ts';
import type { Translate } from './i18n/translate.ts';
import type { Message } from './model.ts';

/** A message in one line, of at most `max` UTF-16 units: its text, or else the names of its files. */
export function messageLine({ text, attachments, truncated = false }: Shown, max: number, t: Translate): string {
  const line = previewOf(text, max, truncated);
  return line === '' && attachments.length > 0 ? previewOfNames(attachments, max, t) : line;
}

type Shown = Pick<Message, 'text' | 'attachments'> & { readonly truncated?: boolean | undefined };

/** What was removed says so once. */
function previewOfNames(attachments: Message['attachments'], max: number, t: Translate): string {
  const names = attachments.filter(({ removed }) => removed === undefined).map(({ name }) => name);
  const line = `📎 ${[...names, ...(names.length < attachments.length ? [t('message.fileRemoved')] : [])].join(', ')}`;
  return line.length > max ? `${beginningOf(line, max - 1)}…` : line;
}
