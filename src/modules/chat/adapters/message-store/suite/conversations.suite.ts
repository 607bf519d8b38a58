import type { MemberRole } from '../../../../../contracts/chat/conversations.ts';
import * as events from '../../../../../contracts/chat/index.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { nameKeyOf } from '../../../../../text/name-key.ts';
import { conversationDraft, directKeyOf } from '../../../domain/conversations.ts';
import { asJoining, asLeaving, asRemoval, asRole, asUpdate, setMuted } from './changes.ts';
import { at, created, type Begin, receivedOf, opened, said } from './store-under-test.ts';

export function conversationsSuite(begin: Begin): void {
  const direct = (one: string, other: string) =>
    conversationDraft({
      kind: 'direct',
      people: [
        { userId: one, role: 'member' },
        { userId: other, role: 'member' },
      ],
      createdBy: one,
      createdAt: at,
    });

  test('two people have one direct conversation, however many open it at once', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const [ana, boris] = [newId(), newId()];
    const ids = await Promise.all(
      Array.from({ length: 16 }, (_, index) => created(nodes[index % 2]!, index % 3 ? direct(ana, boris) : direct(boris, ana))),
    );
    expect(new Set(ids).size).toBe(1);
    expect(receivedOf(under, events.conversationCreated)).toHaveLength(1);
    const own = await nodes[0]!.conversations.findOwn(boris, ids[0]!);
    expect([...(own?.head.peerIds ?? [])].sort()).toEqual([ana, boris].sort());
    expect(own?.head.memberCount).toBe(2);
    expect(await nodes[1]!.conversations.findUnique({ directKey: directKeyOf(boris, ana) })).toBe(ids[0]);
    expect(await nodes[1]!.conversations.findUnique({ directKey: directKeyOf(boris, newId()) })).toBeNull();
  });

  test('a slot is taken once', async () => {
    const store = begin().open();
    const slot = `slot-${newId()}`;
    const make = () =>
      created(
        store,
        conversationDraft({
          kind: 'channel',
          name: 'all',
          slot,
          people: [{ userId: newId(), role: 'owner' }],
          createdBy: newId(),
          createdAt: at,
        }),
      );
    expect(await store.conversations.findUnique({ slot })).toBeNull();
    const [one, other] = await Promise.all([make(), make()]);
    expect(one).toBe(other);
    expect(await store.conversations.findUnique({ slot })).toBe(one);
  });

  test('coming and going is published, and what takes a right from somebody is a new authorisation', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris, cleo] = [newId(), newId(), newId()];
    const id = await opened(store, ana);
    await said(store, id, ana);
    const before = await store.members.membership(id);
    await store.members.change(id, () => asJoining({ userId: boris, role: 'member' }, { userId: cleo, role: 'guest' }));
    await store.members.change(id, () => asJoining({ userId: boris, role: 'owner' }));
    await store.members.change(id, () => asRole(cleo, 'moderator'));
    await store.members.change(id, () => asLeaving(boris));
    const after = await store.members.membership(id);
    expect([...(after?.roles ?? [])].sort()).toEqual(
      [[ana, 'owner'] as [string, MemberRole], [cleo, 'moderator'] as [string, MemberRole]].sort(),
    );
    expect(after!.membersRev).toBe(before!.membersRev + 2);
    const [joined] = receivedOf(under, events.membersJoined);
    expect(joined?.members.map(({ userId, role, lastReadSeq }) => [userId, role, lastReadSeq]).sort()).toEqual(
      [
        [boris, 'member', 1],
        [cleo, 'guest', 1],
      ].sort(),
    );
    expect(joined?.conversation.memberCount).toBe(3);
    expect(receivedOf(under, events.memberLeft).map(({ userId }) => userId)).toEqual([boris]);
    expect(receivedOf(under, events.memberChanged).map(({ member }) => member.role)).toEqual(['moderator']);
    expect((await store.members.page(id, { after: null, limit: 10 })).map(({ userId }) => userId)).toEqual([ana, cleo].sort());
    expect(await store.members.conversationsOf(boris)).toEqual([]);
  });

  test('a removed conversation takes everything with it', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const sent = await said(store, id, ana, { text: 'gone with it' });
    await store.conversations.remove(id, asRemoval(id));
    expect(await store.messages.find(sent.id)).toBeNull();
    expect(await store.members.membership(id)).toBeNull();
    expect(await store.conversations.findOwn(ana, id)).toBeNull();
    expect(await store.conversations.heads([id])).toEqual(new Map());
    expect(await store.members.conversationsOf(ana)).toEqual([]);
    const [removed] = receivedOf(under, events.conversationRemoved);
    expect([removed?.conversationId, [...(removed?.memberIds ?? [])].sort()]).toEqual([id, [ana, boris].sort()]);
  });

  test('an update changes what it names and nothing else', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    await store.conversations.change(id, () => asUpdate({ name: 'named', topic: 'topic' }));
    await store.conversations.change(id, () => asUpdate({ avatarUrl: '/picture' }));
    await store.conversations.change(id, () => asUpdate({ topic: null, visibility: 'public' }));
    const own = await store.conversations.findOwn(ana, id);
    expect(own?.head).toMatchObject({ name: 'named', topic: null, avatarUrl: '/picture', visibility: 'public', rev: 4 });
  });

  test('one’s conversations come most recently active first, page by page', async () => {
    const store = begin().open();
    const ana = newId();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push(await opened(store, ana));
    await said(store, ids[1]!, ana, { createdAt: '2026-02-03T12:00:00.000Z' });
    await said(store, ids[3]!, ana, { createdAt: '2026-02-03T13:00:00.000Z' });
    const found: string[] = [];
    for (let before: { activeAt: string; id: string } | null = null; ;) {
      const page = await store.conversations.listOwn(ana, { before, limit: 2 });
      found.push(...page.map(({ head }) => head.id));
      const last = page.at(-1);
      if (!last || page.length < 2) break;
      before = { activeAt: last.activeAt, id: last.head.id };
    }
    expect(found.slice(0, 2)).toEqual([ids[3], ids[1]]);
    expect([...found].sort()).toEqual([...ids].sort());
    expect((await store.conversations.ownRevs(ana)).map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test('public channels are browsed by name, joined or not', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const mark = newId().slice(-8);
    const open = (name: string, visibility: 'public' | 'private' = 'public') =>
      created(
        store,
        conversationDraft({
          kind: 'channel',
          name: `${name} ${mark}`,
          visibility,
          people: [{ userId: ana, role: 'owner' }],
          createdBy: ana,
          createdAt: at,
        }),
      );
    await open('Bravo');
    await open('alpha');
    await open('Ёлка');
    await open('hidden', 'private');
    const first = await store.conversations.browse(boris, { query: mark, after: null, limit: 2 });
    expect(first.map(({ head, role }) => [head.name, role])).toEqual([
      [`alpha ${mark}`, null],
      [`Bravo ${mark}`, null],
    ]);
    const last = first.at(-1)!.head;
    const second = await store.conversations.browse(ana, {
      query: mark,
      after: { name: nameKeyOf(last.name!), id: last.id },
      limit: 2,
    });
    expect(second.map(({ head, role }) => [head.name, role])).toEqual([[`Ёлка ${mark}`, 'owner']]);
  });

  test.each([
    ['общий', 'Общий Чат'],
    ['ЧАТ', 'Общий Чат'],
    ['зеленый', 'Зелёный уголок'],
    ['lopez', 'Equipo López'],
    ['санкт-петербург', 'Санкт‑Петербург'],
    ['don’t', "Don't panic"],
    ['100%', '100% sure'],
  ])('“%s” finds a channel named %s', async (query, name) => {
    const store = begin().open();
    const ana = newId();
    for (const one of [name, 'another one']) {
      const people = [{ userId: ana, role: 'owner' as const }];
      await created(store, conversationDraft({ kind: 'channel', name: one, visibility: 'public', people, createdBy: ana, createdAt: at }));
    }
    const found = await store.conversations.browse(ana, { query, after: null, limit: 50 });
    expect(new Set(found.map(({ head }) => head.name))).toEqual(new Set([name]));
  });

  test('muting is one’s own, and published when it changes', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    expect(await setMuted(store, id, ana)).toBe(true);
    expect(await setMuted(store, id, ana)).toBe(true);
    expect(await setMuted(store, id, newId())).toBe(false);
    expect([(await store.conversations.findOwn(ana, id))?.muted, (await store.conversations.findOwn(boris, id))?.muted]).toEqual([
      true,
      false,
    ]);
    expect(receivedOf(under, events.muteChanged)).toHaveLength(1);
  });

  test('people are those of all conversations of one, asked for together or among some', async () => {
    const under = begin();
    const [store, another] = [under.open(), under.open()];
    const [ana, boris, cleo, dan] = [newId(), newId(), newId(), newId()];
    const id = await opened(store, ana, boris);
    await opened(store, boris, ana, cleo);
    const sorted = (ids: readonly string[] = []) => [...ids].sort();
    const of = async (userIds: readonly string[], among?: readonly string[]) => {
      const found = await another.members.peopleOf(userIds, among);
      return userIds.map((userId) => sorted(found.get(userId)));
    };
    expect(await of([ana, cleo, dan])).toEqual([sorted([ana, boris, cleo]), sorted([ana, boris, cleo]), []]);
    expect(await of([ana, dan], [cleo, dan])).toEqual([[cleo], []]);
    await store.members.change(id, () => asLeaving(boris));
    expect(await of([ana], [boris])).toEqual([[boris]]);
    await store.members.change(id, () => asJoining({ userId: dan, role: 'guest' }));
    expect(await of([dan])).toEqual([sorted([ana, dan])]);
    await store.members.change(id, () => asLeaving(dan));
    expect(await of([dan])).toEqual([[]]);
  });

  test('groups and channels are listed with those who own them, page by page', async () => {
    const store = begin().open();
    const [ana, boris, cleo] = [newId(), newId(), newId()];
    const made = await Promise.all(
      (['group', 'channel'] as const).map((kind) =>
        created(
          store,
          conversationDraft({
            kind,
            name: `owned ${kind}`,
            people: [ana, boris, cleo].map((userId) => ({ userId, role: userId === cleo ? 'owner' : 'member' })),
            createdBy: ana,
            createdAt: at,
          }),
        ),
      ),
    );
    const hidden = await created(store, direct(ana, boris));
    await store.members.change(made[0]!, () => asRole(ana, 'member'));
    const found: { id: string; ownerIds: readonly string[]; memberCount: number }[] = [];
    for (let after: string | null = null; ; after = found.at(-1)?.id ?? null) {
      const page = await store.owners.owned({ after, limit: 1 });
      if (page.length === 0) break;
      found.push(...page);
    }
    expect(found.map(({ id }) => id)).not.toContain(hidden);
    const owners = new Map(found.map(({ id, ownerIds, memberCount }) => [id, [[...ownerIds].sort(), memberCount]]));
    expect(owners.get(made[0]!)).toEqual([[cleo], 3]);
    expect(owners.get(made[1]!)).toEqual([[ana, cleo].sort(), 3]);
  });
}
