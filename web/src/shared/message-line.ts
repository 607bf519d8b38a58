import { beginningOf } from '../../../src/text/graphemes.ts';
import { previewOf } from '../../../src/text/plain.ts';
import type { Message } from './model.ts';

/** A message in one line, of at most `max` UTF-16 units: its text, or else the names of its files. */
export function messageLine({ text, attachments, truncated = false }: Shown, max: number): string {
  const line = previewOf(text, max, truncated);
  return line === '' && attachments.length > 0 ? previewOfNames(attachments, max) : line;
}

type Shown = Pick<Message, 'text' | 'attachments'> & { readonly truncated?: boolean | undefined };

function previewOfNames(attachments: Message['attachments'], max: number): string {
  const line = `📎 ${attachments.map(({ name }) => name).join(', ')}`;
  return line.length > max ? `${beginningOf(line, max - 1)}…` : line;
}
