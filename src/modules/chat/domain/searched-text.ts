import type { Message } from '../../../contracts/chat/messages.ts';

/** What a message is found by: what it says, and the names of its files. */
export const searchedText = ({
  text,
  attachments = [],
}: Pick<Message, 'text'> & { readonly attachments?: readonly { readonly name: string }[] | undefined }): string =>
  attachments.length === 0 ? text : [text, ...attachments.map(({ name }) => name)].join('\n');
