import { useCallback, useEffect, useMemo } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Presence, User } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';

/** Somebody by id; fetched when not met yet, and undefined until then. */
export function usePerson(id: string | null): User | undefined {
  const { client } = useApp();
  const person = useSelected(client.people, (people) => (id === null ? undefined : people.get(id)));
  useEffect(() => {
    if (id !== null && !person) client.requirePeople([id]);
  }, [client, id, person]);
  return person;
}

export function usePresence(id: string | null): Presence | undefined {
  const { client } = useApp();
  return useSelected(client.presence, (presence) => (id === null ? undefined : presence.get(id)));
}

/** Names of several people, in the order asked; those not met yet are left out. */
export function useNames(ids: readonly string[]): readonly string[] {
  const { client } = useApp();
  const asked = ids.join();
  const joined = useSelected(client.people, (people) =>
    ids
      .map((id) => people.get(id)?.displayName)
      .filter((name) => name !== undefined)
      .join('\n'),
  );
  useEffect(() => {
    if (asked !== '') client.requirePeople(asked.split(','));
  }, [client, asked]);
  return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined]);
}

const everyone = new Set(['all', 'channel', 'everyone']);

/** What the mentions of a message show; stays the same function until one of these people changes. */
export function useMentions(mentioned: readonly string[], myId: string): (username: string) => { name: string; me: boolean } | null {
  const { client } = useApp();
  const asked = mentioned.join();
  const known = useSelected(client.people, (people) =>
    mentioned.map((id) => `${id}\t${people.get(id)?.username ?? ''}\t${people.get(id)?.displayName ?? ''}`).join('\n'),
  );
  useEffect(() => {
    if (asked !== '') client.requirePeople(asked.split(','));
  }, [client, asked]);
  return useCallback(
    (username) => {
      if (everyone.has(username)) return { name: username, me: true };
      for (const line of known.split('\n')) {
        const [id, name, shown] = line.split('\t');
        if (name === username && shown) return { name: shown, me: id === myId };
      }
      return null;
    },
    [known, myId],
  );
}
