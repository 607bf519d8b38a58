import { newId } from '../../../../../kernel/ids.ts';
import { asDeletion, markRead } from './changes.ts';
import { at, type Begin, opened, said } from './store-under-test.ts';

export function recipientsSuite(begin: Begin): void {
  test('are the members with what they have read; whoever wrote last has read it', async () => {
    const store = begin().open();
    const [ana, boris, clara] = [newId(), newId(), newId()];
    const id = await opened(store, ana, boris, clara);
    for (const sender of [ana, ana, boris]) await said(store, id, sender);
    await markRead(store, { conversationId: id, userId: clara }, 1);
    const [found] = await store.recipients.inside([id, newId()]);
    expect(found).toMatchObject({ conversationId: id, kind: 'group' });
    expect(new Map(found?.members.map(({ userId, lastReadSeq }) => [userId, lastReadSeq]))).toEqual(
      new Map([
        [ana, 2],
        [boris, 3],
        [clara, 1],
      ]),
    );
    expect(await store.recipients.inside([id], [clara, newId()])).toMatchObject([{ members: [{ userId: clara, muted: false }] }]);
    expect(await store.recipients.inside([id], [newId()])).toMatchObject([{ conversationId: id, members: [] }]);
  });

  test('know who wrote messages and in threads, without what was deleted', async () => {
    const store = begin().open();
    const [ana, boris, clara] = [newId(), newId(), newId()];
    const id = await opened(store, ana, boris, clara);
    const root = await said(store, id, ana);
    await said(store, id, boris, { threadRootId: root.id });
    const gone = await said(store, id, clara, { threadRootId: root.id, createdAt: at });
    await store.messages.change(gone, clara, asDeletion);
    const written = await store.recipients.written([root.id, gone.id, newId()]);
    expect(new Map(written.map((one) => [one.id, [one.senderId, one.deleted]]))).toEqual(
      new Map([
        [root.id, [ana, false]],
        [gone.id, [clara, true]],
      ]),
    );
    expect([...((await store.recipients.threads([root.id])).get(root.id) ?? [])].sort()).toEqual([ana, boris].sort());
    expect(await store.recipients.threads([newId()])).toEqual(new Map());
  });
}
