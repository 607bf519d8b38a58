import type { Access, Operation } from '../contracts/define.ts';
import { Role } from '../contracts/auth/accounts.ts';
import { operations } from '../contracts/registry.ts';
import { newId } from '../kernel/ids.ts';
import { isAppError } from '../kernel/errors.ts';
import { checkAccess } from './access.ts';

type Knock = Role | 'nobody';
const knocks: readonly Knock[] = ['nobody', ...Role.options];

function answer(access: Access, knock: Knock): string {
  try {
    checkAccess({ access } as Operation, knock === 'nobody' ? null : { userId: newId(), sessionId: newId(), role: knock });
    return 'in';
  } catch (error) {
    return isAppError(error) ? error.code : 'internal';
  }
}

test.each<[Access, Readonly<Record<string, string>>]>([
  ['public', { nobody: 'in', guest: 'in', member: 'in', admin: 'in', owner: 'in' }],
  ['user', { nobody: 'unauthenticated', guest: 'in', member: 'in', admin: 'in', owner: 'in' }],
  ['admin', { nobody: 'unauthenticated', guest: 'forbidden', member: 'forbidden', admin: 'in', owner: 'in' }],
  ['owner', { nobody: 'unauthenticated', guest: 'forbidden', member: 'forbidden', admin: 'forbidden', owner: 'in' }],
  ['internal', { nobody: 'unauthenticated', guest: 'forbidden', member: 'forbidden', admin: 'forbidden', owner: 'forbidden' }],
])('who may knock at an operation for %s', (access, expected) => {
  expect(Object.fromEntries(knocks.map((knock) => [knock, answer(access, knock)]))).toEqual(expected);
});

test('no internal operation has a transport', () => {
  expect(operations.filter(({ access, http, socket }) => access === 'internal' && (http ?? socket))).toEqual([]);
});
