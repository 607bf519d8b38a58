import type { Client } from '../../../client/index.ts';
import { userOf } from './me.ts';

/** Whoever signs in meets the team at once, beside the first sync: the names of senders are there before their messages. */
export function listPeople(client: Pick<Client, 'session' | 'listPeople'>): void {
  let lastId: string | null = null;
  client.session.subscribe(() => {
    const id = userOf(client)?.id ?? null;
    if (id !== null && id !== lastId) client.listPeople();
    lastId = id;
  });
}
