import { readFileSync } from 'node:fs';
import path from 'node:path';
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
}

const witnessCount = 2;
const plainCount = 2;
const mixedCount = 3;

/** Sets up a team on a fresh server. */
export async function castOn(port: number, dataDir: string, writers: number): Promise<Cast> {
  const owner = account(port, 'owner', await setUp(port, readFileSync(path.join(dataDir, 'setup-token'), 'utf8').trim()));
  const people = await eachOf(writers + witnessCount, 4, async (index) => {
    const name = index < writers ? `writer${String(index)}` : `witness${String(index - writers)}`;
    return account(port, name, await register(port, name));
  });
  const memberIds = people.map(({ id }) => id);
  const open = async (name: string): Promise<string> =>
    (await owner.call<{ id: string }>({ method: 'POST', path: '/conversations', body: { kind: 'group', name, memberIds } })).id;
  return {
    writers: people.slice(0, writers),
    witnesses: people.slice(writers),
    plain: await eachOf(plainCount, 1, (index) => open(`plain ${String(index)}`)),
    mixed: await eachOf(mixedCount, 1, (index) => open(`mixed ${String(index)}`)),
  };
}

function account(port: number, username: string, session: Session): Account {
  return new Account(port, username, session);
}
