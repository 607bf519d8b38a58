import * as events from '../../../../../contracts/chat/messages.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { recountReplies } from '../../../replies.ts';
import { asDeletion, asEdit, asLeaving, asReactions } from './changes.ts';
import { type Begin, formersOf, receivedOf, later, logOf, opened, said } from './store-under-test.ts';

export function messagesSuite(begin: Begin): void {
  test('an edit keeps the former text, takes the next rev, and changes who is mentioned', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris, cleo] = [newId(), newId(), newId()];
    const id = await opened(store, ana, boris, cleo);
    const sent = await said(store, id, ana, { text: 'first', mentions: [boris] });
    const second = await store.messages.change(sent, ana, () => asEdit({ text: 'second', mentions: [cleo] }));
    await store.messages.change(sent, ana, () => asEdit({ text: 'third', mentions: [cleo] }));
    expect(second).toMatchObject({ text: 'second', rev: sent.rev + 1, seq: sent.seq, editedAt: later, mentions: [cleo] });
    expect(await formersOf(store, sent.id)).toEqual([
      { text: 'first', endedAt: later },
      { text: 'second', endedAt: later },
    ]);
    const mentionsOf = async (userId: string) => (await store.conversations.findOwn(userId, id))?.unreadMentions;
    expect([await mentionsOf(boris), await mentionsOf(cleo)]).toEqual([0, 1]);
    expect(receivedOf(under, events.messageUpdated)[0]).toEqual({ message: second });
  });

  test('a deleted message keeps its place and nothing else', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const sent = await said(store, id, ana, { mentions: [boris] });
    await store.messages.change(sent, ana, () => asEdit({ text: 'other', mentions: [boris] }));
    await store.messages.change(sent, ana, () => asReactions([{ emoji: '👍', userIds: [ana] }]));
    const emptied = await store.messages.change(sent, ana, asDeletion);
    expect(emptied).toMatchObject({ seq: sent.seq, rev: sent.rev + 3, text: '', reactions: [], mentions: [], deletedAt: later });
    expect(await formersOf(store, sent.id)).toEqual([]);
    expect((await store.conversations.findOwn(boris, id))?.unreadMentions).toBe(0);
    expect((await logOf(store, id)).map(({ id: one }) => one)).toEqual([sent.id]);
    expect(receivedOf(under, events.messageDeleted)).toEqual([{ message: emptied }]);
  });

  test('a decision on a message knows it, the conversation and the role of who acts, as of now', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, { userId: boris, role: 'guest' });
    const sent = await said(store, id, ana);
    const seen: unknown[] = [];
    const look = (actorId: string) =>
      store.messages.change(sent, actorId, (state) => {
        seen.push(state);
        return null;
      });
    await look(boris);
    await store.members.change(id, () => asLeaving(boris));
    await look(boris);
    expect(seen).toEqual([
      { message: sent, kind: 'group', role: 'guest' },
      { message: sent, kind: 'group', role: null },
    ]);
  });

  test('reactions of many at once all stand', async () => {
    const store = begin().open();
    const people = Array.from({ length: 20 }, () => newId());
    const id = await opened(store, ...people);
    const sent = await said(store, id, people[0]!);
    await Promise.all(
      people.map((userId) =>
        store.messages.change(sent, userId, ({ message }) => {
          const others = message.reactions.flatMap(({ userIds }) => userIds);
          return asReactions([{ emoji: '🎉', userIds: [...others, userId] }]);
        }),
      ),
    );
    const after = await store.messages.find(sent.id);
    expect([...(after?.reactions[0]?.userIds ?? [])].sort()).toEqual([...people].sort());
  });

  test('reactions that an older version stored under two forms of one emoji are read as one', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const sent = await said(store, id, ana);
    await store.messages.change(sent, ana, () =>
      asReactions([
        { emoji: '❤', userIds: [ana, boris] },
        { emoji: '👍', userIds: [ana] },
        { emoji: '❤\ufe0f', userIds: [boris] },
      ]),
    );
    const merged = [
      { emoji: '❤\ufe0f', userIds: [ana, boris] },
      { emoji: '👍', userIds: [ana] },
    ];
    expect((await store.messages.find(sent.id))?.reactions).toEqual(merged);
    expect((await logOf(store, id)).at(-1)?.reactions).toEqual(merged);
    await store.messages.change(sent, boris, ({ message }) => {
      expect(message.reactions).toEqual(merged);
      return null;
    });
  });

  test('replies are counted, those that were deleted not', async () => {
    const under = begin();
    const store = under.open();
    const ana = newId();
    const id = await opened(store, ana);
    const root = await said(store, id, ana);
    const reply = await said(store, id, ana, { threadRootId: root.id });
    await said(store, id, ana, { threadRootId: root.id });
    await recountReplies(store.messages, root);
    await recountReplies(store.messages, root);
    await store.messages.change(reply, ana, asDeletion);
    await recountReplies(store.messages, root);
    expect(receivedOf(under, events.messageUpdated).map(({ message }) => [message.id, message.threadCount])).toEqual([
      [root.id, 2],
      [root.id, 1],
    ]);
  });

  test('history pages from either side', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    for (let count = 0; count < 7; count++) await said(store, id, ana);
    const seqs = async (from: { after: number } | { before: number | null }, limit: number) =>
      (await store.messages.page(id, from, { limit, bytes: 1_000_000 })).items.map(({ seq }) => seq);
    expect(await seqs({ after: 2 }, 3)).toEqual([3, 4, 5]);
    expect(await seqs({ before: 5 }, 3)).toEqual([2, 3, 4]);
    expect(await seqs({ before: null }, 3)).toEqual([5, 6, 7]);
    expect(await seqs({ after: 7 }, 3)).toEqual([]);
    expect(await seqs({ before: 1 }, 3)).toEqual([]);
  });

  test('only messages of the conversation are found in it', async () => {
    const store = begin().open();
    const ana = newId();
    const [id, other] = [await opened(store, ana), await opened(store, ana)];
    const [here, there] = [await said(store, id, ana), await said(store, other, ana)];
    expect(await store.messages.findIn(id, [here.id, there.id, newId()])).toEqual([here]);
    expect(await store.messages.find(newId())).toBeNull();
  });
}
