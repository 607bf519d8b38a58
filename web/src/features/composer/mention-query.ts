import { folded } from '../../../../src/text/folded.ts';
import { unspacedScripts } from '../../../../src/text/scripts.ts';
import type { NameOrder } from '../../shared/format/name-order.ts';

/** The `@name` being typed at the caret: where it starts, and what follows the sign. */
export interface MentionQuery {
  readonly start: number;
  readonly query: string;
}

export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - longestName - 1), caret);
  const found = typing.exec(before);
  if (found?.[1] === undefined) return null;
  return { start: caret - found[1].length - 1, query: found[1] };
}

const longestName = 64;
/** Behind a letter of a script without spaces a mention begins as behind a space. */
const typing = new RegExp(String.raw`(?:^|[^\p{L}\p{M}\p{N}]|[${unspacedScripts}])@([\p{L}\p{M}\p{N}._'’-]*)$`, 'u');

export interface Completion {
  readonly text: string;
  /** The stretch that the text replaces: the mention as typed so far, and a space behind it. */
  readonly from: number;
  readonly to: number;
}

/** What is to be typed to complete the mention at the caret; null when there is none. */
export function completeMention(text: string, caret: number, username: string): Completion | null {
  const at = mentionQueryAt(text, caret);
  return at && { text: `@${username} `, from: at.start, to: text[caret] === ' ' ? caret + 1 : caret };
}

export interface Mentionable {
  readonly username: string;
  readonly displayName: string;
}

export interface MatchOptions {
  readonly limit: number;
  readonly byName: NameOrder;
}

/** People whose username or any word of whose name starts with the query, usernames first. */
export function matchPeople<T extends Mentionable>(people: readonly T[], query: string, { limit, byName }: MatchOptions): readonly T[] {
  const wanted = folded(query);
  const rank = (person: T): number => {
    if (folded(person.username).startsWith(wanted)) return 0;
    const name = folded(person.displayName);
    return name.startsWith(wanted) || beginnings(name).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .filter((entry) => entry.rank < 2)
    .sort((a, b) => a.rank - b.rank || byName(a.person.displayName, b.person.displayName))
    .slice(0, limit)
    .map((entry) => entry.person);
}

/** Words between spaces, and the parts of compound ones. */
const beginnings = (name: string): readonly string[] => [...name.split(' '), ...name.split(/[^\p{L}\p{M}\p{N}]+/u)];
