import type { ConversationKind, MemberRole } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { Role } from '../../contracts/auth/accounts.ts';
import type { AuditedVerdict } from '../../kernel/policy.ts';
import {
  can,
  canBrowse,
  canChangeRole,
  canDelete,
  canEdit,
  canJoin,
  canOpen,
  canRemoveMember,
  canTouch,
  canAddAgain,
  canDeclineReturn,
  canReach,
  canReadEdits,
  type Right,
  type Standing,
} from './policy.ts';

const me = 'me';
const them = 'them';
const code = (verdict: AuditedVerdict): string => (typeof verdict === 'string' ? verdict : verdict.code);
const standing = (role: MemberRole | null, kind: ConversationKind = 'group', team: Role = 'member'): Standing => ({
  actor: { userId: me, role: team },
  kind,
  role,
});
const message = (more: Partial<Message> = {}): Message =>
  ({ senderId: me, kind: 'text', deletedAt: null, createdAt: '2026-02-03T10:00:00.000Z', ...more }) as Message;
const [y, n, x] = ['allow', 'forbidden', 'not_found'];

test.each<[Right, ...string[]]>([
  //            owner mod  member guest stranger
  ['write', y, y, y, y, x],
  ['invite', y, y, y, n, x],
  ['remove', y, y, n, n, x],
  ['moderate', y, y, n, n, x],
  ['configure', y, y, n, n, x],
  ['administer', y, n, n, n, x],
])('who may "%s" in groups and channels', (right, ...expected) => {
  const roles: (MemberRole | null)[] = ['owner', 'moderator', 'member', 'guest', null];
  for (const kind of ['group', 'channel'] as const) expect(roles.map((role) => code(can(right, standing(role, kind))))).toEqual(expected);
});

test.each<[Right, string]>([
  ['write', y],
  ['invite', n],
  ['remove', n],
  ['moderate', n],
  ['configure', n],
  ['administer', n],
])('a direct conversation knows no roles: "%s"', (right, expected) => {
  expect(code(can(right, standing('member', 'direct')))).toBe(expected);
  expect(code(can(right, standing('member', 'direct', 'owner')))).toBe(expected);
  expect(code(can(right, standing(null, 'direct', 'owner')))).toBe(x);
});

test('owners and admins of the team have every right where they are, and none where they are not', () => {
  for (const team of ['owner', 'admin'] as const)
    for (const right of ['invite', 'remove', 'moderate', 'configure', 'administer'] as const) {
      const isOwnRight = right === 'invite';
      expect(code(can(right, standing('member', 'group', team)))).toBe(isOwnRight ? y : 'allow-as-admin');
      expect(code(can(right, standing('owner', 'group', team)))).toBe(y);
      expect(code(can(right, standing(null, 'group', team)))).toBe(x);
    }
});

test('a guest of the team brings nobody in, whatever their role in the conversation', () => {
  expect(code(can('invite', standing('owner', 'group', 'guest')))).toBe(n);
});

describe('taking out and leaving', () => {
  const out = (mine: MemberRole | null, theirs: MemberRole | null, more: { kind?: ConversationKind; team?: Role; last?: boolean } = {}) =>
    code(canRemoveMember(standing(mine, more.kind, more.team), { userId: them, role: theirs, isLastOwner: more.last ?? false }));

  test.each<[MemberRole, ...string[]]>([
    //            takes out: owner mod member guest
    ['owner', y, y, y, y],
    ['moderator', n, n, y, y],
    ['member', n, n, n, n],
    ['guest', n, n, n, n],
  ])('whom a "%s" takes out', (mine, ...expected) => {
    expect((['owner', 'moderator', 'member', 'guest'] as const).map((theirs) => out(mine, theirs))).toEqual(expected);
  });

  test('an admin of the team takes out anyone but the last owner', () => {
    expect([out('member', 'owner', { team: 'admin' }), out('member', 'owner', { team: 'admin', last: true })]).toEqual([
      'allow-as-admin',
      'last_owner',
    ]);
  });

  test('strangers neither take out nor are taken out, and a direct conversation stays between two', () => {
    expect([out(null, 'member'), out('owner', null), out('member', 'member', { kind: 'direct' })]).toEqual([x, x, n]);
  });

  test('everybody leaves but the last owner', () => {
    for (const role of ['owner', 'moderator', 'member', 'guest'] as const)
      expect(code(canRemoveMember(standing(role), { userId: me, role, isLastOwner: false }))).toBe(y);
    expect(code(canRemoveMember(standing('owner'), { userId: me, role: 'owner', isLastOwner: true }))).toBe('last_owner');
    expect(code(canRemoveMember(standing('member', 'direct'), { userId: me, role: 'member', isLastOwner: false }))).toBe(n);
  });
});

test('owners give roles, and the last of them keeps theirs', () => {
  const subject = { userId: them, role: 'member' as const, isLastOwner: false, isTeamGuest: false };
  expect(code(canChangeRole(standing('owner'), subject, 'owner'))).toBe(y);
  expect(code(canChangeRole(standing('moderator'), subject, 'member'))).toBe(n);
  expect(code(canChangeRole(standing('owner'), { ...subject, role: null }, 'owner'))).toBe(x);
  expect(code(canChangeRole(standing('owner'), { ...subject, userId: me, role: 'owner', isLastOwner: true }, 'member'))).toBe('last_owner');
  expect(code(canChangeRole(standing('owner'), { ...subject, userId: me, role: 'owner', isLastOwner: true }, 'owner'))).toBe(y);
});

test('a guest of the team gets no role above guest in a conversation', () => {
  const guest = { userId: them, role: 'guest' as const, isLastOwner: false, isTeamGuest: true };
  for (const role of ['owner', 'moderator', 'member'] as const)
    for (const team of ['member', 'owner'] as const) expect(code(canChangeRole(standing('owner', 'group', team), guest, role))).toBe(n);
  expect(code(canChangeRole(standing('owner'), { ...guest, role: 'moderator' }, 'guest'))).toBe(y);
});

test('an owner or moderator who became a guest of the team has the rights of a guest', () => {
  for (const role of ['owner', 'moderator', 'member'] as const) {
    const former = standing(role, 'channel', 'guest');
    expect(code(can('write', former))).toBe(y);
    for (const right of ['invite', 'remove', 'moderate', 'configure', 'administer'] as const) expect(code(can(right, former))).toBe(n);
    for (const theirs of ['owner', 'guest'] as const)
      expect(code(canRemoveMember(former, { userId: them, role: theirs, isLastOwner: false }))).toBe(n);
    expect(code(canDelete(former, message({ senderId: them })))).toBe(n);
  }
});

test('public channels are open to all but guests, nothing else is', () => {
  const member = { role: 'member' } as const;
  expect(code(canJoin(member, { kind: 'channel', visibility: 'public' }))).toBe(y);
  expect(code(canJoin({ role: 'guest' }, { kind: 'channel', visibility: 'public' }))).toBe(x);
  expect(code(canJoin(member, { kind: 'channel', visibility: 'private' }))).toBe(x);
  expect(code(canJoin(member, { kind: 'group', visibility: 'public' }))).toBe(x);
  expect([canBrowse(member), canBrowse({ role: 'guest' })]).toEqual([true, false]);
});

test('guests open no channels', () => {
  expect((['channel', 'group', 'direct'] as const).map((kind) => code(canOpen({ role: 'guest' }, kind)))).toEqual([n, n, y]);
  expect(code(canOpen({ role: 'member' }, 'channel'))).toBe(y);
});

describe('messages', () => {
  const sentAt = Date.parse('2026-02-03T10:00:00.000Z');
  const edit = (of: Partial<Message>, window: number | null = null, after = 0, role: MemberRole | null = 'member') =>
    code(canEdit(standing(role), message(of), { windowSeconds: window, now: sentAt + after }));

  test('the sender edits, within the time set for it', () => {
    expect(edit({})).toBe(y);
    expect(edit({ senderId: them })).toBe(n);
    expect(edit({ kind: 'system' })).toBe(n);
    expect(edit({ deletedAt: '2026-02-03T10:00:00.000Z' })).toBe(x);
    expect(edit({}, null, 0, null)).toBe(x);
    expect([edit({}, 60, 60_000), edit({}, 60, 60_001), edit({}, 0, 1), edit({}, null, 1e12)]).toEqual([y, n, n, y]);
  });

  test('the sender and those who keep order delete', () => {
    const del = (role: MemberRole | null, senderId: string, kind: ConversationKind = 'group') =>
      code(canDelete(standing(role, kind), message({ senderId })));
    expect([del('guest', me), del('member', them), del('moderator', them), del('owner', them), del(null, me)]).toEqual([y, n, y, y, x]);
    expect([del('member', me, 'direct'), del('member', them, 'direct')]).toEqual([y, n]);
  });

  test('whoever is in reacts to what is still there', () => {
    expect(code(canTouch(standing('guest'), message()))).toBe(y);
    expect(code(canTouch(standing('member'), message({ deletedAt: '2026-02-03T10:00:00.000Z' })))).toBe(x);
    expect(code(canTouch(standing(null), message()))).toBe(x);
  });
});

test('those who leave decline to be added again, and an admin of the team still adds them', () => {
  expect([code(canDeclineReturn({ userId: me }, me)), code(canDeclineReturn({ userId: me }, them))]).toEqual([y, n]);
  const declined = [them];
  expect([code(canAddAgain({ role: 'member' }, [])), code(canAddAgain({ role: 'admin' }, declined))]).toEqual([y, 'allow-as-admin']);
  expect(canAddAgain({ role: 'member' }, declined)).toMatchObject({
    code: 'return_declined',
    errors: [{ path: 'userIds', message: them }],
  });
});

test('nobody writes to a closed account', () => {
  expect([code(canReach(true)), code(canReach(false))]).toEqual([y, n]);
});

test('former texts are read by the sender and by those who keep order, whatever their role in the team', () => {
  const read = (role: MemberRole, senderId: string, team?: Role) =>
    code(canReadEdits(standing(role, 'group', team), message({ senderId })));
  expect([read('guest', me), read('member', them), read('moderator', them), read('member', them, 'admin')]).toEqual([y, n, y, y]);
});
