import { newId } from '../../../../kernel/ids.ts';
import type { NewEntry, Stores } from '../../store-ports.ts';
import { after, anEntry, aPush, decides, leaseAt, noon, nothing } from '../../stores.fixture.ts';

/** What every centre must do. `create` opens empty stores. */
export function entriesSuite(create: () => Promise<Stores>): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await create();
  });

  const list = (userId: string, only: 'all' | 'unread' | 'mentions' = 'all') =>
    stores.entries.list(userId, { before: null, limit: 50, only });
  const unreadOf = async (userId: string): Promise<number> => (await stores.entries.unread([userId])).get(userId) ?? 0;
  const stateOf = async ({ eventId, userId }: NewEntry) =>
    (await stores.traces.of(eventId, userId)).deliveries.map(({ state, detail }) => [state, detail]);
  const queued = (userId: string, of: Partial<Parameters<typeof anEntry>[0]> = {}): NewEntry =>
    anEntry({ userId, deliveries: [aPush()], ...of });

  test('what was decided is there once, however often it is decided, and newest first', async () => {
    const userId = newId();
    const [first, second] = [queued(userId), queued(userId, { cause: 'mention' })];
    expect([await decides(stores, [first]), await decides(stores, [first]), await decides(stores, [second])]).toEqual([1, 0, 1]);
    expect((await list(userId)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await list(userId, 'mentions')).map(({ id }) => id)).toEqual([second.id]);
    expect(await stores.entries.list(userId, { before: second.id, limit: 50, only: 'all' })).toMatchObject([
      { id: first.id, text: 'Soup today' },
    ]);
    expect([await unreadOf(userId), await unreadOf(newId()), await stores.inbox.count()]).toEqual([2, 0, 0]);
  });

  test('a decision whose lease ended is not stored', async () => {
    const entry = queued(newId());
    await stores.inbox.add(
      [{ kind: 'test', eventId: entry.eventId, userId: entry.userId, subscriptionId: newId(), createdAt: noon }],
      noon,
    );
    const rows = await stores.inbox.lease(10, leaseAt(noon));
    const event = { id: entry.eventId, kind: 'test' as const, conversationId: null, seq: null, actorId: null, createdAt: noon, held: {} };
    const decision = { rowId: rows[0]?.id ?? '', event, entries: [entry] };
    const given = { token: newId(), done: rows.map(({ id }) => id), now: noon, happened: nothing };
    expect(await stores.entries.decide([decision], given)).toBe(0);
    expect([await list(entry.userId), await stores.inbox.count()]).toEqual([[], 1]);
  });

  test('a read mark reads up to its seq in its conversation, with the invite, and cancels what waits of it', async () => {
    const [userId, conversationId] = [newId(), newId()];
    const [invite, read, unread] = [
      queued(userId, { conversationId, seq: null, cause: 'invite' }),
      queued(userId, { conversationId, seq: 1 }),
      queued(userId, { conversationId, seq: 2 }),
    ];
    const [elsewhere, another] = [queued(userId, { seq: 1 }), queued(newId(), { conversationId, seq: 1 })];
    for (const entry of [invite, read, unread, elsewhere, another]) await decides(stores, [entry]);
    const happened: unknown[] = [];
    const mark = { userId, conversationId, seq: 1 };
    for (const at of [after(1), after(2)])
      await stores.entries.read([mark], at, (of, left) => {
        happened.push([of, left]);
        return nothing();
      });
    expect(happened).toEqual([[mark, 2]]);
    const readAt = new Map((await list(userId)).map((one) => [one.id, one.readAt]));
    expect([invite, read, unread, elsewhere].map(({ id }) => readAt.get(id))).toEqual([after(1), after(1), null, null]);
    expect(await Promise.all([invite, read, unread, another].map(stateOf))).toEqual([
      [['cancelled', 'read']],
      [['cancelled', 'read']],
      [['waiting', null]],
      [['waiting', null]],
    ]);
  });

  test('a person marks what they chose of their own, and nothing of others', async () => {
    const [ana, boris, conversationId] = [newId(), newId(), newId()];
    const own = [queued(ana, { conversationId }), queued(ana), queued(ana)] as const;
    const foreign = queued(boris, { conversationId });
    for (const entry of [...own, foreign]) await decides(stores, [entry]);
    const read = (chosen: { ids?: string[]; conversationId?: string; upToId?: string }) =>
      stores.entries.readChosen(ana, { ids: null, conversationId: null, upToId: null, ...chosen }, after(1), nothing);
    expect(await read({ ids: [foreign.id] })).toBe(3);
    expect(await read({ conversationId })).toBe(2);
    expect(await read({ upToId: own[1].id })).toBe(1);
    expect(await read({})).toBe(0);
    expect([await unreadOf(boris), await stateOf(foreign)]).toEqual([1, [['waiting', null]]]);
  });

  test('how far a person has read is of their own conversations, below what is unread', async () => {
    const [ana, boris, conversationId] = [newId(), newId(), newId()];
    for (const userId of [ana, boris]) for (const seq of [1, 2, 3]) await decides(stores, [queued(userId, { conversationId, seq })]);
    await stores.entries.read([{ userId: ana, conversationId, seq: 2 }], after(1), nothing);
    const found = await stores.entries.readUpTo([ana, boris, newId()]);
    expect(found.get(ana)).toEqual({ [conversationId]: 2 });
    expect(found.get(boris)?.[conversationId] ?? 0).toBe(0);
    expect([...found.keys()].filter((id) => id !== ana && id !== boris)).toEqual([]);
  });

  test('an edit changes the text, a deletion takes it away and cancels what waits', async () => {
    const entry = queued(newId());
    await decides(stores, [entry]);
    await stores.entries.rewrite(entry.eventId, 'Salad', after(1));
    expect(await list(entry.userId)).toMatchObject([{ text: 'Salad' }]);
    await stores.entries.rewrite(entry.eventId, '', after(2));
    expect([await list(entry.userId), await stateOf(entry)]).toMatchObject([[{ text: '' }], [['cancelled', 'message_deleted']]]);
  });

  test('who cannot read a conversation any more gets nothing of it, and reads no text of it', async () => {
    const [ana, boris, conversationId] = [newId(), newId(), newId()];
    const [left, stays, elsewhere] = [queued(ana, { conversationId }), queued(boris, { conversationId }), queued(ana)];
    for (const entry of [left, stays, elsewhere]) await decides(stores, [entry]);
    await stores.entries.withdraw({ userId: ana, conversationId }, 'no_member', after(1));
    expect(await Promise.all([left, stays, elsewhere].map(stateOf))).toEqual([
      [['cancelled', 'no_member']],
      [['waiting', null]],
      [['waiting', null]],
    ]);
    expect((await list(ana)).map(({ text }) => text).sort()).toEqual(['', 'Soup today']);
    expect(await list(boris)).toMatchObject([{ text: 'Soup today' }]);
    await stores.entries.withdraw({ userId: ana, conversationId: null }, 'account_closed', after(2));
    expect([await stateOf(elsewhere), await stateOf(stays)]).toEqual([[['cancelled', 'account_closed']], [['waiting', null]]]);
  });

  test('what is older than it is kept goes, entries and traces by times of their own', async () => {
    const entry = queued(newId());
    await decides(stores, [entry]);
    expect(await stores.entries.removeBefore({ entries: noon, traces: noon })).toBe(0);
    expect(await stores.entries.removeBefore({ entries: noon, traces: after(1) })).toBe(2);
    expect([(await list(entry.userId)).length, await stateOf(entry)]).toEqual([1, []]);
    expect(await stores.entries.removeBefore({ entries: after(1), traces: noon })).toBe(1);
    expect(await list(entry.userId)).toEqual([]);
  });
}
