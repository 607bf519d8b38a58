import { useEffect, useMemo, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Conversation, User } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { matchPeople, mentionQueryAt } from './mention-query.ts';

export interface MentionChoice {
  readonly people: readonly User[];
  /** Which one Enter takes. */
  readonly at: number;
  move(step: 1 | -1): void;
  /** Closes the list until another mention is begun. */
  dismiss(): void;
}

const offeredAtMost = 7;
const noPeople: readonly User[] = [];

/** The members who fit the `@name` at the caret. */
export function useMentionChoice(conversation: Conversation, text: string, caret: number): MentionChoice {
  const { byName, client } = useApp();
  const members = useStore(client.conversation(conversation.id).members);
  const people = useStore(client.people);
  const query = mentionQueryAt(text, caret);
  const [chosen, setChosen] = useState({ query: '', at: 0 });
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  const isOpen = query !== null && query.start !== dismissedAt;
  const words = query?.query ?? '';
  useEffect(() => {
    if (isOpen) client.requirePeople(members.map(({ userId }) => userId));
  }, [client, isOpen, members]);
  const found = useMemo(() => {
    if (!isOpen) return noPeople;
    const known = members.flatMap(({ userId }) => {
      const person = people.get(userId);
      return person?.active ? [person] : [];
    });
    return matchPeople(known, words, { limit: offeredAtMost, byName });
  }, [isOpen, members, people, words, byName]);
  const at = chosen.query === words ? Math.min(chosen.at, Math.max(0, found.length - 1)) : 0;
  return {
    people: found,
    at,
    move: (step) => setChosen({ query: words, at: (at + step + found.length) % found.length }),
    dismiss: () => setDismissedAt(query?.start ?? null),
  };
}
