import type { Attachment, Message } from '../../../contracts/chat/messages.ts';
import { isThere } from './removed-files.ts';

/** What a message is found by: what it says, and the names of its files that are there. */
export function searchedText({
  text,
  attachments = [],
}: Pick<Message, 'text'> & { readonly attachments?: readonly Pick<Attachment, 'name' | 'removed'>[] | undefined }): string {
  const names = attachments.filter(isThere).map(({ name }) => name);
  return names.length === 0 ? text : [text, ...names].join('\n');
}
