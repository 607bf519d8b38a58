import type { Client } from '../../../../client/index.ts';
import type { User } from '../../shared/model.ts';
import type { Translate } from '../../shared/i18n/translate.ts';

export interface Naming {
  readonly client: Pick<Client, 'people' | 'unknownPeople'>;
  readonly t: Translate;
}

/**
 * What the reader calls a person. One whom the server shows to the reader no more, as somebody who left what a guest shares with them, is a
 * former member; undefined while nothing is known yet.
 */
export const nameOf = (id: string, { client, t }: Naming): string | undefined =>
  client.people.get().get(id)?.displayName ?? (client.unknownPeople.get().has(id) ? t('person.former') : undefined);

export const notMetYet = '…';

/** Those known, and a stand-in under this name for each whom the reader may not see any more. */
export function withFormer(known: ReadonlyMap<string, User>, unknown: ReadonlySet<string>, name: string): ReadonlyMap<string, User> {
  if (unknown.size === 0) return known;
  const standIns = [...unknown].map((id): [string, User] => [id, { ...nothingKnown, id, displayName: name }]);
  return new Map([...standIns, ...known]);
}

const nothingKnown: Omit<User, 'id' | 'displayName'> = { username: '', avatarUrl: null, role: 'guest', active: false, createdAt: '' };
