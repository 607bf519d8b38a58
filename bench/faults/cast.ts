import { eachOf, register, setUp, type Session } from '../rig/api.ts';
import { Account } from './account.ts';

/** The people of a kill test and the conversations they are all in. */
export interface Cast {
  readonly writers: readonly Account[];
  readonly witnesses: readonly Account[];
  /** Conversations that only get messages. */
  readonly plain: readonly string[];
  /** Conversations that get every kind of change. */
  readonly mixed: readonly string[];
  /** Where a crowd listens to one voice; nobody else is there. */
  readonly lobby: Lobby | undefined;
}

export interface Lobby {
  readonly id: string;
  readonly voice: Account;
  readonly crowd: readonly Account[];
}

const witnessCount = 2;
const plainCount = 2;
const mixedCount = 3;

export interface CastSize {
  readonly writers: number;
  readonly crowd: number;
}

/** Sets up a team on a fresh server. */
export async function castOn(port: number, setupToken: string, { writers, crowd }: CastSize): Promise<Cast> {
  const owner = account(port, 'owner', await setUp(port, setupToken));
  const people = await eachOf(writers + witnessCount, 4, async (index) => {
    const name = index < writers ? `writer${String(index)}` : `witness${String(index - writers)}`;
    return account(port, name, await register(port, name));
  });
  const open = (name: string): Promise<string> => openGroup(owner, name, people);
  return {
    writers: people.slice(0, writers),
    witnesses: people.slice(writers),
    plain: await eachOf(plainCount, 1, (index) => open(`plain ${String(index)}`)),
    mixed: await eachOf(mixedCount, 1, (index) => open(`mixed ${String(index)}`)),
    lobby: crowd === 0 ? undefined : await fillLobby(port, owner, crowd),
  };
}

async function fillLobby(port: number, owner: Account, count: number): Promise<Lobby> {
  const crowd = await eachOf(count, 4, async (index) => {
    const name = `guest${String(index)}`;
    return account(port, name, await register(port, name));
  });
  return { id: await openGroup(owner, 'lobby', crowd), voice: owner, crowd };
}

async function openGroup(owner: Account, name: string, members: readonly Account[]): Promise<string> {
  const body = { kind: 'group', name, memberIds: members.map(({ id }) => id) };
  return (await owner.call<{ id: string }>({ method: 'POST', path: '/conversations', body })).id;
}

function account(port: number, username: string, session: Session): Account {
  return new Account(port, username, session);
}
