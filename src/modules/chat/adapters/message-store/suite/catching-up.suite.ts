import type { Message } from '../../../../../contracts/chat/messages.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { asDeletion, asEdit, setMuted } from './changes.ts';
import { at, type Begin, logOf, opened, said } from './store-under-test.ts';

export function catchingUpSuite(begin: Begin): void {
  test('pages of changes add up to exactly the log, from any rev', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const states = new Map<number, Message>();
    const remember = (message: Message): Message => {
      states.set(message.rev, message);
      return message;
    };
    const messages: Message[] = [];
    for (let count = 0; count < 12; count++) messages.push(remember(await said(store, id, ana)));
    for (const index of [1, 4, 4, 9])
      remember(await store.messages.change(messages[index]!, ana, () => asEdit({ text: `edit ${newId()}`, mentions: [] })));
    remember(await store.messages.change(messages[2]!, ana, asDeletion));
    const upto = (await store.conversations.heads([id])).get(id)!;
    const log = await logOf(store, id);
    for (const known of [0, 1, 5, 13, upto - 1, upto]) {
      const found: Message[] = [];
      for (let rev = known; ; rev = found.at(-1)!.rev) {
        const page = (await store.messages.changesSince([{ conversationId: id, known: rev, limit: 3 }], 1_000_000)).get(id)!;
        found.push(...page.messages);
        if (!page.isCut) break;
      }
      expect(found).toEqual(log.filter(({ rev }) => rev > known).sort((one, other) => one.rev - other.rev));
    }
  });

  test('changes of several conversations come apart, each from its own rev', async () => {
    const store = begin().open();
    const ana = newId();
    const [one, other, quiet] = [await opened(store, ana), await opened(store, ana), await opened(store, ana)];
    const first = await said(store, one, ana);
    const second = await said(store, one, ana);
    const third = await said(store, other, ana);
    const found = await store.messages.changesSince(
      [
        { conversationId: one, known: first.rev, limit: 10 },
        { conversationId: other, known: 0, limit: 10 },
        { conversationId: quiet, known: 0, limit: 10 },
      ],
      1_000_000,
    );
    expect([...found]).toEqual([
      [one, { messages: [second], isCut: false }],
      [other, { messages: [third], isCut: false }],
      [quiet, { messages: [], isCut: false }],
    ]);
  });

  test('changes end where their texts come to the bytes, those asked for first before the others', async () => {
    const store = begin().open();
    const ana = newId();
    const [one, other, quiet] = [await opened(store, ana), await opened(store, ana), await opened(store, ana)];
    for (let count = 0; count < 40; count++) for (const id of [one, other]) await said(store, id, ana, { text: '語'.repeat(1_000) });
    const asked = [one, quiet, other].map((conversationId) => ({ conversationId, known: 1, limit: 40 }));
    const counts = async (bytes: number): Promise<[number, boolean][]> => {
      const found = await store.messages.changesSince(asked, bytes);
      return asked.map(({ conversationId }) => [found.get(conversationId)!.messages.length, found.get(conversationId)!.isCut]);
    };
    const [first, none] = await counts(30_000);
    expect(first![0]).toBeGreaterThanOrEqual(8);
    expect(first![0]).toBeLessThanOrEqual(12);
    expect([first![1], none![0]]).toEqual([true, 0]);
    expect((await counts(1))[0]).toEqual([1, true]);
    expect(await counts(1_000_000)).toEqual([
      [40, false],
      [0, false],
      [40, false],
    ]);
  });

  test('a page of history ends where its texts come to the bytes, next to the place it was asked from', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    for (let count = 0; count < 10; count++) await said(store, id, ana, { text: 'x'.repeat(10_000) });
    const page = async (from: { after: number } | { before: number | null }, bytes: number) => {
      const { items, isCut } = await store.messages.page(id, from, { limit: 10, bytes });
      return [items.map(({ seq }) => seq), isCut];
    };
    expect(await page({ after: 2 }, 25_000)).toEqual([[3, 4, 5], true]);
    expect(await page({ before: 9 }, 25_000)).toEqual([[6, 7, 8], true]);
    expect(await page({ before: null }, 1)).toEqual([[10], true]);
    expect(await page({ before: 3 }, 1_000_000)).toEqual([[1, 2], false]);
  });

  test('of the revs of one’s conversations each says how far it is read, and whether it is muted', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const [one, other] = [await opened(store, ana, boris), await opened(store, ana, boris)];
    const { rev } = await said(store, one, ana);
    await setMuted(store, other, boris);
    await opened(store, ana);
    const found = await store.conversations.ownRevs(boris);
    expect([...found].sort((a, b) => a.rev - b.rev)).toEqual([
      { id: other, rev: 1, lastReadSeq: 0, muted: true, activeAt: at },
      { id: one, rev, lastReadSeq: 0, muted: false, activeAt: at },
    ]);
    expect(await store.conversations.ownRevs(boris, [one, newId()])).toEqual(found.filter(({ id }) => id === one));
    expect((await store.conversations.ownRevs(ana, [one]))[0]?.lastReadSeq).toBe(1);
  });

  test('a last message comes as its preview', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const { seq } = await said(store, id, ana, { text: '🦒'.repeat(8_000) });
    const [own] = await store.conversations.listOwn(ana, { among: [id] });
    expect(own?.lastMessage).toMatchObject({ seq, text: '🦒'.repeat(300), truncated: true });
    expect((await store.conversations.findOwn(ana, id))?.lastMessage).toEqual(own?.lastMessage);
    const short = await said(store, id, ana, { text: 'short' });
    expect((await store.conversations.findOwn(ana, id))?.lastMessage).toEqual(short);
  });
}
