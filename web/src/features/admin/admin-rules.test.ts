import type { Role, User } from '../../shared/model.ts';
import { mayManage, rolesFor } from './admin-rules.ts';

const person = (id: string, role: Role): User => ({
  id,
  username: id,
  displayName: id,
  avatarUrl: null,
  role,
  active: true,
  createdAt: '2026-01-01T00:00:00.000Z',
});

test('an admin manages those below, an owner everyone', () => {
  expect(mayManage(person('ana', 'admin'), person('ben', 'member'))).toBe(true);
  expect(mayManage(person('ana', 'admin'), person('ben', 'admin'))).toBe(false);
  expect(mayManage(person('ana', 'owner'), person('ben', 'owner'))).toBe(true);
});

test('only an owner makes owners and admins', () => {
  expect(rolesFor(person('ana', 'admin'))).toEqual(['member', 'guest']);
  expect(rolesFor(person('ana', 'owner'))).toContain('owner');
});
