import { graphemesOf } from '../../../text/graphemes.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import type { MessagePreview } from '../../../contracts/chat/conversations.ts';

/** Code points of a text that a preview shows at most. */
const textShown = 300;
/** What a store reads of a text for it: enough to see that there is more, and where the last sign begins. */
export const textRead = 400;
export const mentionsShown = 20;
/** How many people's reactions are shown; more are left out whole, and a store need not read what takes more bytes than these. */
const reactionsShown = 20;
export const reactionBytesShown = 6_000;

/** The message as a list shows it. `isCut`: the store has left something out already. */
export function previewOf(message: Message, isCut = false): MessagePreview {
  const text = beginningOf(message.text);
  const mentions = message.mentions.slice(0, mentionsShown);
  const isLong = message.reactions.reduce((sum, { userIds }) => sum + userIds.length, 0) > reactionsShown;
  const truncated = isCut || isLong || text.length < message.text.length || mentions.length < message.mentions.length;
  return truncated ? { ...message, text, mentions, reactions: isLong ? [] : message.reactions, truncated } : message;
}

/** As many whole signs as fit: an emoji of several code points is not cut in two, unless it alone is too long. */
function beginningOf(text: string): string {
  if (text.length <= textShown) return text;
  const points = Array.from(text.slice(0, 2 * textRead)).slice(0, textShown + 1);
  if (points.length <= textShown) return text;
  const read = Array.from(text.slice(0, 2 * textRead))
    .slice(0, textRead)
    .join('');
  const most = points.slice(0, textShown).join('').length;
  const cut = graphemesOf(read).containing(most)?.index ?? most;
  return text.slice(0, cut > most / 2 ? cut : most);
}
