import * as events from '../../../../../contracts/chat/index.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { StaleAuthorisation } from '../../../ports.ts';
import { asEdit, asJoining, asLeaving, asRemoval, asUpdate } from './changes.ts';
import { at, type Begin, draftOf, receivedOf, logOf, opened, revOf, said } from './store-under-test.ts';

export function appendingSuite(begin: Begin): void {
  test('a send repeated by many at once, on several nodes, is one message with one answer', async () => {
    const under = begin();
    const [one, other] = [under.open(), under.open()];
    const [ana, boris] = [newId(), newId()];
    const id = await opened(one, ana, boris);
    const drafts = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => draftOf(one, id, index % 2 ? ana : boris, { text: `send ${String(index)}` })),
    );
    const sends = Array.from({ length: 6 }, (_, round) => round).flatMap((round) =>
      drafts.map((draft) => (round % 2 ? one : other).messages.append({ ...draft, id: newId(), text: `${draft.text} again` })),
    );
    const answers = await Promise.all(sends);
    for (const { clientMessageId, senderId } of drafts) {
      const places = answers.filter((message) => message.clientMessageId === clientMessageId && message.senderId === senderId);
      expect(new Set(places.map((message) => `${message.id} ${String(message.seq)} ${message.text}`)).size).toBe(1);
    }
    const log = await logOf(one, id);
    expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(receivedOf(under, events.messageCreated).map(({ message }) => message.id)).size).toBe(8);
  });

  test('two people may use one clientMessageId, and one person in two conversations', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const [id, other] = [await opened(store, ana, boris), await opened(store, ana)];
    const clientMessageId = newId();
    const messages = [
      await said(store, id, ana, { clientMessageId }),
      await said(store, id, boris, { clientMessageId }),
      await said(store, other, ana, { clientMessageId }),
    ];
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 1]);
  });

  test('a draft let through before somebody left is refused, and nothing of it remains', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const draft = await draftOf(store, id, boris);
    await store.members.change(id, () => asLeaving(boris));
    await expect(store.messages.append(draft)).rejects.toThrow(StaleAuthorisation);
    expect(await store.messages.find(draft.id)).toBeNull();
    expect((await said(store, id, ana)).seq).toBe(1);
  });

  test('a draft let through before somebody came in, or before a new name, is as good as ever', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const draft = await draftOf(store, id, ana);
    await store.members.change(id, () => asJoining({ userId: newId(), role: 'member' }));
    await store.conversations.change(id, () => asUpdate({ name: 'named' }));
    expect((await store.messages.append(draft)).seq).toBe(1);
  });

  test('a draft for a conversation that is gone is refused, others of its batch are not', async () => {
    const store = begin().open();
    const ana = newId();
    const [id, gone] = [await opened(store, ana), await opened(store, ana)];
    const [kept, lost] = [await draftOf(store, id, ana), await draftOf(store, gone, ana)];
    await store.conversations.remove(gone, asRemoval(gone));
    const [first, second, third] = await Promise.allSettled(
      [kept, lost, { ...kept, clientMessageId: newId(), id: newId() }].map((draft) => store.messages.append(draft)),
    );
    expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('what was sent is stored as it was sent', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const first = await said(store, id, ana);
    const text = ' \u00a0Привет 👩‍👩‍👧 \\ \' " $1 {"a":1}\n';
    const sent = await said(store, id, ana, { text, replyTo: first.id, threadRootId: first.id, mentions: [boris] });
    expect(await store.messages.find(sent.id)).toEqual(sent);
    expect(sent).toMatchObject({
      text,
      replyTo: first.id,
      threadRootId: first.id,
      mentions: [boris],
      seq: 2,
      createdAt: at,
      kind: 'text',
    });
  });

  test('events of a node that died right after its write are published by another', async () => {
    const under = begin();
    const dying = under.openDying();
    const ana = newId();
    const id = await opened(dying, ana);
    const sent = await said(dying, id, ana, { text: 'last words' });
    const edited = await dying.messages.change(sent, ana, () => asEdit({ text: 'better words', mentions: [] }));
    expect(under.received).toEqual([]);
    const names = () => under.received.filter((event) => revOf(event, id).length > 0).map(({ event }) => event);
    const all = [events.conversationCreated.name, events.messageCreated.name, events.messageUpdated.name];
    await under.relay();
    expect(names()).toEqual(all);
    // An event that is published late holds the message as it is by then: a client that lacks a rev asks for it.
    expect(receivedOf(under, events.messageUpdated).at(-1)).toEqual({ message: edited });
    await under.relay();
    expect(names()).toEqual(all);
  });
}
