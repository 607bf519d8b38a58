import { z } from 'zod';
import { canonicalEmoji } from '../../text/emoji.ts';
import { event, operation } from '../define.ts';
import { nameFault, seen } from '../names.ts';
import { Counter, exactText, Id } from '../primitives.ts';
import { ofConversation } from './of-conversation.ts';

export const Reaction = z.strictObject({ emoji: z.string(), userIds: z.array(Id) }).meta({ id: 'Reaction' });
export type Reaction = z.infer<typeof Reaction>;

export const reactionChanged = event({
  name: 'chat.reactionChanged',
  summary: 'The reactions of a message changed',
  delivery: 'event',
  payload: z.strictObject({ conversationId: Id, messageId: Id, rev: Counter, reactions: z.array(Reaction) }),
  clients: [{ name: 'reaction:changed', audience: ofConversation }],
  head: ({ conversationId, rev }) => ({ conversationId, rev }),
});

/** One emoji or its name: nothing that breaks a line. Kept fully qualified, so that ❤ and ❤️ are one. */
const Emoji = exactText(1, 128)
  .regex(
    // eslint-disable-next-line no-control-regex
    /^[^\u0000- \u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$/,
    'must be one emoji or its name',
  )
  .regex(seen, 'must show something, without signs that are not drawn')
  .refine((emoji) => nameFault(emoji) === null, 'must show something, without signs that are not drawn')
  .overwrite(canonicalEmoji)
  .min(1)
  .max(64);

const ReactionChange = z.strictObject({ messageId: Id, emoji: Emoji });

const ReactionsOf = z.strictObject({ conversationId: Id, messageId: Id, rev: Counter, reactions: z.array(Reaction) });

export const addReaction = operation({
  name: 'chat.addReaction',
  summary: 'React to a message; idempotent',
  access: 'user',
  input: ReactionChange,
  output: ReactionsOf,
  http: { method: 'PUT', path: '/messages/:messageId/reactions/:emoji' },
  socket: { command: 'reaction:add' },
});

export const removeReaction = operation({
  name: 'chat.removeReaction',
  summary: 'Remove the caller’s reaction',
  access: 'user',
  input: ReactionChange,
  output: ReactionsOf,
  http: { method: 'DELETE', path: '/messages/:messageId/reactions/:emoji' },
  socket: { command: 'reaction:remove' },
});
