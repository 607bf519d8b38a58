import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, Nothing } from '../primitives.ts';

/** The picture itself is kept by media. */
export const changeConversationAvatar = operation({
  name: 'chat.changeConversationAvatar',
  summary: 'Give a group or channel another picture, or none, as whoever may rename it',
  access: 'internal',
  input: z.strictObject({ conversationId: Id, avatarUrl: z.string().nullable() }),
  output: Nothing,
});
