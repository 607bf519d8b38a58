import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Id, Nothing } from '../primitives.ts';
import { ofConversation } from './of-conversation.ts';

export const typing = event({
  name: 'chat.typing',
  summary: 'Somebody is typing, or stopped',
  delivery: 'signal',
  payload: z.strictObject({ conversationId: Id, userId: Id, typing: z.boolean() }),
  clients: [{ name: 'typing', audience: ofConversation }],
});

export const setTyping = operation({
  name: 'chat.setTyping',
  summary: 'Show or clear the typing mark; never stored',
  access: 'user',
  input: z.strictObject({ conversationId: Id, typing: z.boolean() }),
  output: Nothing,
  limit: 'signal',
  socket: { command: 'typing:set' },
});
