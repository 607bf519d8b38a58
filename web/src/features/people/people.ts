import { useEffect, useMemo } from 'react';
import type { MentionedPerson } from '../../../../src/text/called.ts';
import { useApp } from '../../app/app-context.tsx';
import { useNow } from '../../app/use-now.ts';
import type { Presence, User } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { nameOf, notMetYet } from './person-name.ts';

/** Somebody by id; fetched when not met yet, and undefined until then. */
export function usePerson(id: string | null): User | undefined {
  const { client } = useApp();
  const person = useSelected(client.people, (people) => (id === null ? undefined : people.get(id)));
  useEffect(() => {
    if (id !== null && !person) client.requirePeople([id]);
  }, [client, id, person]);
  return person;
}

/** The name to show for somebody by id. */
export function usePersonName(id: string | null): string {
  const { t } = useApp();
  const name = usePerson(id)?.displayName;
  const isEdit = useIsFormer(id);
  return name ?? (isEdit ? t('person.former') : notMetYet);
}

/** Whether the server shows this person to the reader no more. */
export function useIsFormer(id: string | null): boolean {
  const { client } = useApp();
  return useSelected(client.unknownPeople, (unknown) => id !== null && unknown.has(id));
}

/** Presence as it is now: what was written beside the status goes when its time is over. */
export function usePresence(id: string | null): Presence | undefined {
  const { client } = useApp();
  const presence = useSelected(client.presence, (known) => (id === null ? undefined : known.get(id)));
  const until = presence?.until ?? null;
  const isOver = useNow((now) => until !== null && new Date(until) <= now);
  return useMemo(() => (presence && isOver ? { ...presence, text: null, until: null } : presence), [presence, isOver]);
}

/** Names of several people, in the order asked; those not met yet are left out. */
export function useNames(ids: readonly string[]): readonly string[] {
  const app = useApp();
  const { client } = app;
  const asked = ids.join();
  useStore(client.unknownPeople);
  const joined = useSelected(client.people, () =>
    ids
      .map((id) => nameOf(id, app))
      .filter((name) => name !== undefined)
      .join('\n'),
  );
  useEffect(() => {
    if (asked !== '') client.requirePeople(asked.split(','));
  }, [client, asked]);
  return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined]);
}

/** The people whom a message mentions; stays the same array until one of them changes. */
export function useMentioned(ids: readonly string[]): readonly Mentioned[] {
  const app = useApp();
  const { client } = app;
  const asked = ids.join();
  useStore(client.unknownPeople);
  const known = useSelected(client.people, (people) =>
    JSON.stringify(ids.map((id) => ({ id, username: people.get(id)?.username, name: nameOf(id, app) }))),
  );
  useEffect(() => {
    if (asked !== '') client.requirePeople(asked.split(','));
  }, [client, asked]);
  return useMemo(() => JSON.parse(known) as readonly Mentioned[], [known]);
}

/** Somebody whom a message mentions. */
export interface Mentioned extends MentionedPerson {
  /** Absent until this person is known here. */
  readonly name?: string;
}
