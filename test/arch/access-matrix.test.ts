import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/contracts/auth/accounts.ts';
import type { Operation } from '../../src/contracts/define.ts';
import { operationNamed, operations, routes } from '../../src/contracts/registry.ts';
import { checkAccess } from '../../src/gateway/access.ts';
import { isAppError } from '../../src/kernel/errors.ts';
import { matrix } from './access-matrix.ts';

const kinds = ['anonymous', 'guest', 'member', 'admin', 'owner'] as const;
/** What each role is answered before the input is read. Internal operations have no transport. */
function answerAt(operation: Operation, kind: (typeof kinds)[number]): string {
  if (!operation.http && !operation.socket) return 'not_found';
  try {
    checkAccess(operation, kind === 'anonymous' ? null : { userId: randomUUID(), sessionId: randomUUID(), role: kind satisfies Role });
    return 'allow';
  } catch (error) {
    return isAppError(error) ? error.code : 'internal';
  }
}

/** Operations that lack a row, and rows that lack an operation. */
const uneven = (names: readonly string[], rows: readonly string[]): readonly string[] => [
  ...names.filter((name) => !rows.includes(name)).map((name) => `${name} has no row`),
  ...rows.filter((name) => !names.includes(name)).map((name) => `${name} is no operation`),
];

describe('the authorisation matrix', () => {
  const names = [...operations, ...routes].map(({ name }) => name);

  test('has a row for every operation, and no other', () => {
    expect(uneven(names, Object.keys(matrix))).toEqual([]);
  });

  test('would notice an operation without a row', () => {
    expect(uneven([...names, 'chat.new'], Object.keys(matrix))).toEqual(['chat.new has no row']);
  });

  test.each(operations.map(({ name }) => name))('answers each role for %s', (name) => {
    const operation = operationNamed.get(name) as Operation;
    expect(matrix[name]?.access).toEqual(Object.fromEntries(kinds.map((kind) => [kind, answerAt(operation, kind)])));
    if (operation.access === 'internal') expect(operation.http ?? operation.socket).toBeUndefined();
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
