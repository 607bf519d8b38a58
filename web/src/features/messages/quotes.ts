import { api, type Client } from '../../../../client/index.ts';
import type { Message } from '../../shared/model.ts';
import { store, type Readable, type Writable } from '../../shared/state/store.ts';

/** Messages that others quote: `undefined` while being read, null when gone. */
export interface Quotes {
  of(messageId: string, conversationId: string): Readable<Message | null | undefined>;
}

/** Taken from the open window where it is there, else asked for once; an edit or a deletion shows in the quote too. */
export function messageQuotes(client: Client, { on }: Pick<Client, 'on'>): Quotes {
  const known = new Map<string, Writable<Message | null | undefined>>();
  const follow = (message: Message) => known.get(message.id)?.set(message);
  on('message-changed', follow);
  on('message-revised', follow);
  const read = async (id: string, quote: Writable<Message | null | undefined>) => {
    try {
      quote.set(await client.call(api.chat.getMessage, { messageId: id }));
    } catch {
      quote.set(null);
    }
  };
  return {
    of(id, conversationId) {
      const before = known.get(id);
      if (before) return before;
      const near = client
        .conversation(conversationId)
        .timeline.get()
        .messages.find((message) => message.id === id);
      const quote = store<Message | null | undefined>(near);
      known.set(id, quote);
      if (!near) void read(id, quote);
      return quote;
    },
  };
}
