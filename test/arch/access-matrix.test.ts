import { describe, expect, test } from '@jest/globals';
import type { Access, Endpoint } from '../../src/contracts/define.ts';
import { operations, routes } from '../../src/contracts/registry.ts';
import { matrix, type Row } from './access-matrix.ts';

/** Where the declarations and the rows differ on what is open to all or needs a role. Everybody who is signed in may call the rest. */
function differences(declared: readonly Pick<Endpoint, 'name' | 'access'>[], rows: Readonly<Record<string, Row>>): readonly string[] {
  const reviewed = (access: Access | undefined) => (access === undefined || access === 'internal' ? 'user' : access);
  return [
    ...declared
      .filter(({ name, access }) => reviewed(access) !== reviewed(rows[name]?.access))
      .map(({ name, access }) => `${name} is declared for ${access}, its row says ${reviewed(rows[name]?.access)}`),
    ...Object.keys(rows)
      .filter((row) => !declared.some(({ name }) => name === row))
      .map((row) => `${row} is no operation`),
  ];
}

describe('the authorisation matrix', () => {
  test('agrees with the declarations on what is open to all and what needs a role', () => {
    expect(differences([...operations, ...routes], matrix)).toEqual([]);
    expect(Object.values(matrix).filter(({ access }) => access === 'public').length).toBeGreaterThan(5);
  });

  test('would notice an operation that opens itself, loses its role, or goes', () => {
    const declared = [
      { name: 'chat.sync', access: 'public' },
      { name: 'auth.changeRole', access: 'user' },
      { name: 'auth.getKeys', access: 'internal' },
      { name: 'chat.sendMessage', access: 'user' },
      { name: 'auth.readUsers', access: 'internal' },
    ] as const;
    const rows = { 'auth.changeRole': { access: 'admin' }, 'auth.getKeys': { access: 'public' }, 'chat.old': {} } as const;
    expect(differences(declared, rows)).toEqual([
      'chat.sync is declared for public, its row says user',
      'auth.changeRole is declared for user, its row says admin',
      'auth.getKeys is declared for internal, its row says public',
      'chat.old is no operation',
    ]);
  });

  test('says for every operation on a conversation or a message who may do it there', () => {
    const keyed = operations.filter(
      ({ input, access, name }) =>
        name.startsWith('chat.') &&
        access !== 'internal' &&
        Object.keys('shape' in input ? (input.shape as object) : {}).some((key) => key === 'conversationId' || key === 'messageId'),
    );
    expect(keyed.length).toBeGreaterThan(15);
    expect(keyed.map(({ name }) => name).filter((name) => !matrix[name]?.relations)).toEqual([]);
  });

  test('says for every operation that names or lists people what a guest of the team gets', () => {
    const naming = new Set(['userId', 'userIds', 'memberIds', 'from']);
    const speaking = operations.filter(
      ({ input, access, people }) =>
        access === 'user' &&
        (people !== undefined || Object.keys('shape' in input ? (input.shape as object) : {}).some((key) => naming.has(key))),
    );
    expect(speaking.length).toBeGreaterThan(8);
    expect(speaking.map(({ name }) => name).filter((name) => !matrix[name]?.teamGuest)).toEqual([]);
  });
});
