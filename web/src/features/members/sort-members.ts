import { folded } from '../../../../src/text/folded.ts';
import type { NameOrder } from '../../shared/format/name-order.ts';
import type { Member, User } from '../../shared/model.ts';

export interface NamedMember {
  readonly member: Member;
  readonly person: User;
}

export interface MemberView {
  /** Those whom the reader may see, by id. */
  readonly people: ReadonlyMap<string, User>;
  readonly online: ReadonlySet<string>;
  /** Filters by name. */
  readonly words: string;
  readonly byName: NameOrder;
}

/** Members whose name or username holds the words: those online first, then by name. People not met yet wait. */
export function sortMembers(members: readonly Member[], { people, online, words, byName }: MemberView): readonly NamedMember[] {
  const wanted = folded(words).trim();
  const rank = ({ member }: NamedMember) => (online.has(member.userId) ? 0 : 1);
  return members
    .flatMap((member) => {
      const person = people.get(member.userId);
      return person ? [{ member, person }] : [];
    })
    .filter(({ person }) => wanted === '' || folded(`${person.displayName} ${person.username}`).includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || byName(a.person.displayName, b.person.displayName));
}
