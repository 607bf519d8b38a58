import fc from 'fast-check';
import * as events from '../../../../../contracts/chat/read-state.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { markRead } from './changes.ts';
import { type Begin, receivedOf, logOf, opened, said } from './store-under-test.ts';

export function readMarksSuite(begin: Begin): void {
  test('they move forward only, never beyond the log, and unread is a recount', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ seq: fc.nat(12), sends: fc.nat(2) }), { minLength: 1, maxLength: 8 }), async (moves) => {
        const under = begin();
        const store = under.open();
        const [ana, boris] = [newId(), newId()];
        const id = await opened(store, ana, boris);
        let mark = 0;
        let last = 0;
        for (const { seq, sends } of moves) {
          for (let count = 0; count < sends; count++) last = (await said(store, id, ana, { mentions: [boris] })).seq;
          mark = Math.max(mark, Math.min(seq, last));
          expect(await markRead(store, { conversationId: id, userId: boris }, seq)).toEqual({ lastReadSeq: mark, lastSeq: last });
        }
        const own = await store.conversations.findOwn(boris, id);
        const unread = (await logOf(store, id, mark)).length;
        expect([own?.lastReadSeq, own?.head.lastSeq, own?.unreadMentions]).toEqual([mark, last, unread]);
        const marks = receivedOf(under, events.readMoved)
          .filter(({ userId }) => userId === boris)
          .map(({ seq }) => seq);
        expect(marks).toEqual([...new Set(marks)].sort((one, other) => one - other));
      }),
      { numRuns: 10 },
    );
  });

  test('whoever writes has read up to it, however the senders take turns and whatever is written together', async () => {
    const Turn = fc.record({ senders: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }), reader: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(Turn, { minLength: 1, maxLength: 6 }), async (turns) => {
        const store = begin().open();
        const people = [newId(), newId(), newId()] as const;
        const id = await opened(store, ...people);
        const marks = new Map<string, number>(people.map((person) => [person, 0]));
        const raise = (person: string, seq: number) => marks.set(person, Math.max(marks.get(person) ?? 0, seq));
        for (const { senders, reader } of turns) {
          const sent = await Promise.all(senders.map((index) => said(store, id, people[index] ?? people[0])));
          for (const { senderId, seq } of sent) raise(senderId, seq);
          const person = people[reader] ?? people[0];
          const seq = Math.min(...sent.map((message) => message.seq));
          raise(person, seq);
          expect((await markRead(store, { conversationId: id, userId: person }, seq))?.lastReadSeq).toBe(marks.get(person));
        }
        for (const person of people) {
          const mark = marks.get(person);
          expect((await store.members.find(id, person))?.lastReadSeq).toBe(mark);
          expect((await store.conversations.findOwn(person, id))?.lastReadSeq).toBe(mark);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('marks set at once by two devices end at the furthest', async () => {
    const under = begin();
    const [one, other] = [under.open(), under.open()];
    const [ana, boris] = [newId(), newId()];
    const id = await opened(one, ana, boris);
    for (let count = 0; count < 6; count++) await said(one, id, ana);
    await Promise.all([5, 2, 6, 1, 4].map((seq, index) => markRead(index % 2 ? one : other, { conversationId: id, userId: boris }, seq)));
    expect((await one.members.find(id, boris))?.lastReadSeq).toBe(6);
  });

  test('what one sends is read by oneself, and a stranger has no mark', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    await said(store, id, boris);
    await said(store, id, ana);
    expect((await store.conversations.findOwn(ana, id))?.lastReadSeq).toBe(2);
    expect((await store.conversations.findOwn(boris, id))?.lastReadSeq).toBe(1);
    expect(await markRead(store, { conversationId: id, userId: newId() }, 1)).toBeNull();
    expect(await markRead(store, { conversationId: newId(), userId: ana }, 1)).toBeNull();
  });
}
