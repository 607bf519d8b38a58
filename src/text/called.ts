import type { Document, Mention } from './document.ts';
import { mentionsIn } from './mentions.ts';

const everyone = new Set(['all', 'channel', 'everyone', 'here']);

/** Somebody whom a message mentions, as it was stored. */
export interface MentionedPerson {
  readonly id: string;
  /** Today's; absent where it is not known. */
  readonly username?: string | undefined;
}

/** Whom a mention calls, and how much of what was typed is the name: `@ana.so` may call `ana`. */
export interface Call {
  /** Of a person, or `everyone`. */
  readonly id: string;
  readonly length: number;
}

export const callsEveryone = (mention: Mention): boolean => everyone.has(mention.names[0] ?? '');

/** Of those that call everyone the one that calls those who are online. */
export const callsThoseHere = (mention: Mention): boolean => mention.names[0] === 'here';

/** Whether a mention called this person: one of everyone called those who were stored with the message, as `@here` those who were online. */
export const isCalled = (personId: string, { id }: Pick<Call, 'id'>, people: readonly MentionedPerson[]): boolean =>
  id === personId || (id === 'everyone' && people.some((person) => person.id === personId));

/**
 * Whom each mention of a text calls, from the people that were stored with it in the order of the text. A name that is nobody's any more is that
 * of whoever is left, when as many people as names are left: people may have been renamed since.
 */
export function callsIn(document: Document, people: readonly MentionedPerson[]): ReadonlyMap<Mention, Call> {
  const calls = new Map<Mention, Call>();
  const left = new Map<string, Mention[]>();
  const byName = new Map(people.flatMap(({ id, username }) => (username === undefined ? [] : [[username, id] as const])));
  const called = new Set<string>();
  for (const mention of mentionsIn(document)) {
    const name = mention.names.find((one) => byName.has(one));
    const id = callsEveryone(mention) ? 'everyone' : byName.get(name ?? '');
    const [typed = ''] = mention.names;
    if (id === undefined) left.set(typed, [...(left.get(typed) ?? []), mention]);
    else {
      calls.set(mention, { id, length: id === 'everyone' ? mention.text.length : (name?.length ?? 0) + 1 });
      called.add(id);
    }
  }
  const others = people.filter(({ id }) => !called.has(id));
  if (others.length !== left.size || called.has('everyone')) return calls;
  [...left.values()].forEach((mentions, index) => {
    for (const mention of mentions) calls.set(mention, { id: others[index]?.id ?? '', length: mention.text.length });
  });
  return calls;
}
