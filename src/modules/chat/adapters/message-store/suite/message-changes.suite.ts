import * as events from '../../../../../contracts/chat/index.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { messageUpdated } from '../../../events.ts';
import type { MessageChange, WithFiles } from '../../../ports.ts';
import { recountReplies } from '../../../replies.ts';
import { anAttachment } from '../../../chat.fixture.ts';
import { asDeletion, asEdit, asExpiry, asReactions } from './changes.ts';
import { type Begin, formersOf, logOf, receivedOf, opened, said } from './store-under-test.ts';

export function messageChangesSuite(begin: Begin): void {
  test('a patch changes the fields it names and no other, and its event is the only one', async () => {
    const under = begin();
    const store = under.open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const first = await said(store, id, ana);
    const sent = await said(store, id, ana, { text: 'kept', mentions: [boris], replyTo: first.id });
    const reacted = await store.messages.change(sent, ana, () => asReactions([{ emoji: '👍', userIds: [boris] }]));
    const pinned = await store.messages.change(sent, ana, () => ({ patch: { pinned: true }, event: messageUpdated }));
    expect(pinned).toEqual({ ...sent, reactions: reacted.reactions, pinned: true, rev: sent.rev + 2 });
    expect(await store.messages.find(sent.id)).toEqual(pinned);
    expect(under.received.slice(-2).map(({ event }) => event)).toEqual([events.reactionChanged.name, events.messageUpdated.name]);
    expect(receivedOf(under, events.messageUpdated)).toEqual([{ message: pinned }]);
    expect((await store.conversations.findOwn(boris, id))?.unreadMentions).toBe(1);
  });

  test('files of a message are in its event and its page, stay through an edit, and go with its deletion', async () => {
    const under = begin();
    const store = under.open();
    const ana = newId();
    const id = await opened(store, ana);
    const attachments = [anAttachment('Отчёт & план.pdf', 'application/pdf'), anAttachment('b.png', 'image/png')];
    const sent = await said(store, id, ana, { text: '', attachments });
    expect(sent.attachments).toEqual(attachments);
    expect(receivedOf(under, events.messageCreated)).toEqual([{ message: sent }]);
    expect(await logOf(store, id)).toEqual([sent]);
    expect(await store.messages.findSent([sent, { ...sent, clientMessageId: newId() }])).toEqual([sent]);
    const edited = await store.messages.change(sent, ana, () => asEdit({ text: 'caption', mentions: [] }));
    expect(edited.attachments).toEqual(attachments);
    const described = attachments.map((one) => ({ ...one, width: 640, height: 480, thumbhash: 'Y2FtZQ==' }));
    const seen = await store.messages.change(sent, ana, () => ({ patch: { attachments: described }, event: messageUpdated }));
    expect(seen).toEqual({ ...edited, rev: edited.rev + 1, attachments: described });
    expect(await store.messages.find(sent.id)).toEqual(seen);
    const deleted = await store.messages.change(sent, ana, () => asDeletion());
    expect(deleted.attachments).toEqual([]);
    expect(await store.messages.find(sent.id)).toEqual(deleted);
  });

  test('messages with files are paged apart from the others, by kind and by sender, until they are deleted', async () => {
    const store = begin().open();
    const [ana, boris] = [newId(), newId()];
    const id = await opened(store, ana, boris);
    const sends = async (senderId: string, ...types: string[]) =>
      (await said(store, id, senderId, { attachments: types.map((type) => anAttachment('name', type)) })).seq;
    const mixed = await sends(ana, 'image/png', 'application/pdf');
    await sends(ana);
    const video = await sends(boris, 'video/mp4');
    const picture = await sends(boris, 'image/webp', 'image/png');
    await sends(boris);
    const sound = await sends(ana, 'audio/ogg');
    await said(store, await opened(store, ana), ana, { attachments: [anAttachment('elsewhere.png', 'image/png')] });
    const seqs = async (only: WithFiles, from: { after: number } | { before: number | null } = { before: null }, limit = 50) =>
      (await store.messages.page(id, from, { limit, bytes: 100_000, only })).items.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([mixed, video, picture, sound]);
    expect(await seqs({}, { before: sound }, 2)).toEqual([video, picture]);
    expect(await seqs({}, { after: mixed }, 2)).toEqual([video, picture]);
    expect(await seqs({ kind: 'image' })).toEqual([mixed, picture]);
    expect(await seqs({ kind: 'video' })).toEqual([video]);
    expect(await seqs({ kind: 'audio' })).toEqual([sound]);
    expect(await seqs({ kind: 'other' })).toEqual([mixed]);
    expect(await seqs({ senderId: boris })).toEqual([video, picture]);
    expect(await seqs({ kind: 'image', senderId: ana })).toEqual([mixed]);
    expect(await seqs({ kind: 'other', senderId: boris })).toEqual([]);
    const [first, , third, , , last] = await logOf(store, id);
    await store.messages.change(first!, ana, () => asDeletion());
    expect(await seqs({})).toEqual([video, picture, sound]);
    expect(await seqs({ kind: 'image' })).toEqual([picture]);
    await store.messages.change(third!, ana, asExpiry);
    await store.messages.change(last!, ana, asExpiry);
    expect(await seqs({})).toEqual([picture]);
    expect(await Promise.all((['video', 'audio', 'other'] as const).map((kind) => seqs({ kind })))).toEqual([[], [], []]);
    expect((await store.messages.find(last!.id))?.attachments).toMatchObject([{ name: 'name', removed: 'expired' }]);
  });

  test('what many decide at once on two nodes, each decides on the message as it is when it is written', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const ana = newId();
    const id = await opened(nodes[0]!, ana);
    const sent = await said(nodes[0]!, id, ana, { text: '0' });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        nodes[index % 2]!.messages.change(sent, ana, ({ message }) => asEdit({ text: String(Number(message.text) + 1), mentions: [] })),
      ),
    );
    expect(await nodes[0]!.messages.find(sent.id)).toMatchObject({ text: '12', rev: sent.rev + 12 });
    expect((await formersOf(nodes[1]!, sent.id)).map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, index) => String(index)));
  });

  test('who is allowed once gets through once, however many ask at once', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const ana = newId();
    const id = await opened(nodes[0]!, ana);
    const sent = await said(nodes[0]!, id, ana);
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        nodes[index % 2]!.messages.change(sent, ana, ({ message }) => (message.deletedAt === null ? asDeletion() : null)),
      ),
    );
    expect(receivedOf(under, events.messageDeleted)).toHaveLength(1);
    expect((await nodes[0]!.conversations.heads([id])).get(id)).toBe(sent.rev + 1);
  });

  test('pinned messages are counted and paged apart from the others, also at once on two nodes', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const ana = newId();
    const id = await opened(nodes[0]!, ana);
    const sent = [];
    for (let index = 0; index < 12; index++) sent.push(await said(nodes[0]!, id, ana, { text: String(index) }));
    const counts: number[] = [];
    await Promise.all(
      sent.slice(2, 10).map((message, index) =>
        nodes[index % 2]!.messages.change({ ...message, counts: 'pins' }, ana, ({ pins = -1 }) => {
          if (pins >= 6) return null;
          counts.push(pins);
          return { patch: { pinned: true }, event: messageUpdated };
        }),
      ),
    );
    const pageOf = async (from: { after: number } | { before: number | null }, limit: number) =>
      (await nodes[1]!.messages.page(id, from, { limit, bytes: 100_000, only: 'pinned' })).items.map(({ seq, pinned }) => ({
        seq,
        pinned,
      }));
    const all = await pageOf({ before: null }, 50);
    expect(all).toHaveLength(6);
    expect(all.every(({ pinned }) => pinned)).toBe(true);
    expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(await pageOf({ before: all[4]!.seq }, 2)).toEqual(all.slice(2, 4));
    expect(await pageOf({ after: all[1]!.seq }, 2)).toEqual(all.slice(2, 4));
    await nodes[0]!.messages.change({ ...sent[0]!, id: sent.find(({ seq }) => seq === all[0]!.seq)!.id }, ana, asDeletion);
    expect(await pageOf({ after: 0 }, 50)).toEqual(all.slice(1));
  });

  test('replies that come at once on two nodes are all counted', async () => {
    const under = begin();
    const nodes = [under.open(), under.open()];
    const ana = newId();
    const id = await opened(nodes[0]!, ana);
    const root = await said(nodes[0]!, id, ana);
    await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const reply = await said(nodes[index % 2]!, id, ana, { threadRootId: root.id });
        await recountReplies(nodes[index % 2]!.messages, { ...reply, id: root.id });
      }),
    );
    expect((await nodes[1]!.messages.find(root.id))?.threadCount).toBe(10);
  });

  test('replies are counted only for a decision that asks for them', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const root = await said(store, id, ana);
    await said(store, id, ana, { threadRootId: root.id });
    const seen: (number | undefined)[] = [];
    const look = ({ replies }: { replies?: number }): MessageChange | null => {
      seen.push(replies);
      return null;
    };
    await store.messages.change(root, ana, look);
    await store.messages.change({ ...root, counts: 'replies' }, ana, look);
    expect(seen).toEqual([undefined, 1]);
  });

  test('an edit that mentions the same people leaves them mentioned, one that mentions fewer takes the others out', async () => {
    const store = begin().open();
    const [ana, boris, cleo] = [newId(), newId(), newId()];
    const id = await opened(store, ana, boris, cleo);
    const sent = await said(store, id, ana, { mentions: [boris, cleo] });
    const mentioned = async () =>
      Promise.all([boris, cleo].map(async (userId) => (await store.conversations.findOwn(userId, id))?.unreadMentions));
    await store.messages.change(sent, ana, () => asEdit({ text: 'same', mentions: [boris, cleo] }));
    expect(await mentioned()).toEqual([1, 1]);
    await store.messages.change(sent, ana, () => asEdit({ text: 'fewer', mentions: [cleo] }));
    expect(await mentioned()).toEqual([0, 1]);
    await store.messages.change(sent, ana, () => asEdit({ text: 'none', mentions: [] }));
    expect(await mentioned()).toEqual([0, 0]);
  });

  test('a text that changes without an edit leaves no former text', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const sent = await said(store, id, ana, { text: 'a call' });
    const after = await store.messages.change(sent, ana, () => ({ patch: { text: 'a call of 5 minutes' }, event: messageUpdated }));
    expect(after).toMatchObject({ text: 'a call of 5 minutes', editedAt: null });
    expect(await formersOf(store, sent.id)).toEqual([]);
  });
}
