import { api, type Client } from '../../../../client/index.ts';
import type { Message } from '../../shared/model.ts';
import { pagedList, type PagedList } from '../../shared/state/paged-list.ts';
import { store, type Writable } from '../../shared/state/store.ts';

export interface Question {
  readonly text: string;
  /** The one conversation to look in, or null for all. */
  readonly conversationId: string | null;
}

/** Follows edits and deletions of what it shows. Kept while the panel is closed, so that a reader comes back to the results. */
export interface MessageSearch {
  readonly question: Writable<Question>;
  readonly results: PagedList<Message>;
}

export function messageSearch(client: Client, { on }: Pick<Client, 'on'>): MessageSearch {
  const question = store<Question>({ text: '', conversationId: null });
  const results = pagedList<Message>((cursor) => {
    const { text, conversationId } = question.get();
    const words = text.trim();
    if (words === '') return Promise.resolve({ items: [], nextCursor: null });
    return client.call(api.chat.searchMessages, {
      q: words,
      ...(conversationId ? { in: conversationId } : {}),
      ...(cursor ? { cursor } : {}),
    });
  });
  on('message-revised', (message) =>
    results.change((items) =>
      message.deletedAt === null
        ? items.map((one) => (one.id === message.id && one.rev < message.rev ? message : one))
        : items.filter(({ id }) => id !== message.id),
    ),
  );
  on('conversation-removed', (gone) =>
    results.change((items) => items.filter(({ conversationId }) => conversationId !== gone.conversationId)),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  question.subscribe(() => {
    results.outdate();
    clearTimeout(timer);
    timer = setTimeout(() => void results.reload(), restMs);
  });
  return { question, results };
}

const restMs = 250;
