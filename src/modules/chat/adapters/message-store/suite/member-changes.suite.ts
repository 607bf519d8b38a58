import type { MemberRole } from '../../../../../contracts/chat/conversations.ts';
import * as events from '../../../../../contracts/chat/index.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { isLastOwner } from '../../../domain/membership.ts';
import { membersJoined, muteChanged } from '../../../events.ts';
import type { Membership } from '../../../ports.ts';
import { asJoining, asLeaving, asRole, asUpdate } from './changes.ts';
import { at, type Begin, receivedOf, opened, said } from './store-under-test.ts';

export function memberChangesSuite(begin: Begin): void {
  test('who comes in, who leaves and who gets another role are one change where one decision says so', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris, cleo, dan] = [newId(), newId(), newId(), newId()];
    const id = await opened(store, ana, boris, cleo);
    const before = (await store.members.membership(id))!;
    const patch = [
      { userId: dan, role: 'guest' as const, joinedAt: at },
      { userId: cleo, role: 'moderator' as const },
      { userId: boris, role: null },
    ];
    await store.members.change(id, () => ({ patch, event: membersJoined(null) }));
    const after = (await store.members.membership(id))!;
    const roles: [string, MemberRole][] = [
      [ana, 'owner'],
      [cleo, 'moderator'],
      [dan, 'guest'],
    ];
    expect([...after.roles].sort()).toEqual(roles.sort());
    expect(after.membersRev).toBe(before.membersRev + 1);
    const [published] = receivedOf(under, events.membersJoined);
    expect(published?.members.map(({ userId, role }) => [userId, role])).toEqual([
      [dan, 'guest'],
      [cleo, 'moderator'],
    ]);
    expect(published).toMatchObject({ rev: 2, conversation: { rev: 2, memberCount: 3 } });
    expect((await store.conversations.heads([id])).get(id)).toBe(2);
  });

  test('where only members come in nothing changes, and somebody who is no member has no role to change', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const published = under.received.length;
    await store.members.change(id, () => asJoining({ userId: boris, role: 'owner' }));
    const stranger = newId();
    for (const change of [asRole(stranger, 'owner'), asLeaving(stranger)])
      await expect(store.members.change(id, () => change)).rejects.toMatchObject({ code: 'not_found' });
    expect((await store.members.membership(id))?.roles.get(boris)).toBe('member');
    expect((await store.conversations.heads([id])).get(id)).toBe(1);
    expect(under.received).toHaveLength(published);
  });

  test('of two owners who leave at once on two nodes one stays', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const people = [newId(), newId()];
    const id = await opened(nodes[0]!, ...people);
    await nodes[0]!.members.change(id, () => asRole(people[1]!, 'owner'));
    const leave = (userId: string) => (membership: Membership) => (isLastOwner(membership, userId, new Set()) ? null : asLeaving(userId));
    await Promise.all(people.map((userId, index) => nodes[index]!.members.change(id, leave(userId))));
    expect([...(await nodes[0]!.members.membership(id))!.roles.values()]).toEqual(['owner']);
    expect(receivedOf(under, events.memberLeft)).toHaveLength(1);
  });

  test('who comes in again has read the history up to then, and is not muted', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    await store.members.changeOwn(id, boris, () => ({
      patch: { muted: true },
      event: muteChanged({ conversationId: id, userId: boris }),
    }));
    await said(store, id, ana);
    await store.members.change(id, () => asLeaving(boris));
    const { seq } = await said(store, id, ana);
    await store.members.change(id, () => asJoining({ userId: boris, role: 'guest' }));
    expect(await store.conversations.findOwn(boris, id)).toMatchObject({ role: 'guest', muted: false, lastReadSeq: seq });
  });

  test('a setting of one’s own is decided on as it is, and published once for each change', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const ana = newId();
    const id = await opened(nodes[0]!, ana);
    const event = muteChanged({ conversationId: id, userId: ana });
    const toggles = Array.from({ length: 7 }, (_, index) =>
      nodes[index % 2]!.members.changeOwn(id, ana, ({ muted }) => ({ patch: { muted: !muted }, event })),
    );
    expect(new Set(await Promise.all(toggles))).toEqual(new Set([true]));
    expect((await nodes[1]!.conversations.findOwn(ana, id))?.muted).toBe(true);
    expect(receivedOf(under, events.muteChanged).filter(({ muted }) => muted)).toHaveLength(4);
    expect((await nodes[0]!.conversations.heads([id])).get(id)).toBe(1);
  });

  test('a change of a conversation is decided on its members as they are then', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const rename = store.conversations.change(id, ({ roles }) => (roles.has(boris) ? asUpdate({ name: 'with boris' }) : null));
    const leave = store.members.change(id, () => asLeaving(boris));
    const again = store.conversations.change(id, ({ roles }) => (roles.has(boris) ? asUpdate({ name: 'still' }) : null));
    await Promise.all([rename, leave, again]);
    expect((await store.conversations.findOwn(ana, id))?.head.name).toBe('with boris');
  });
}
