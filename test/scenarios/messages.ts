import { randomUUID } from 'node:crypto';
import type { Message } from '../../src/contracts/chat/messages.ts';
import type { Receipt } from '../harness/device.ts';
import type { Scene } from '../harness/team.ts';
import { wholeAnswer } from '../harness/whole-answer.ts';

export const messages = {
  'two people chat both ways and both see one order': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const lunch = await ana.opens('group', [boris]);
    const [anas, boriss] = await Promise.all([ana.comesOnline(), boris.comesOnline()]);
    const first = await ana.posts(lunch.id, 'Привет, *Boris*');
    const second = await boris.posts(lunch.id, 'hello');
    expect([first.seq, second.seq]).toEqual([1, 2]);
    await boriss.receives('message:created', ({ message }) => (message as Message).id === first.id);
    await anas.receives('message:created', ({ message }) => (message as Message).id === second.id);
    expect(await boris.reads(lunch.id)).toEqual(await ana.reads(lunch.id));
  },

  'the same message sent many ways at once is one message with one answer': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [phone, laptop] = await Promise.all([ana.comesOnline(), ana.comesOnline()]);
    const clientMessageId = randomUUID();
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => phone.send(id, 'once', clientMessageId)),
      ...Array.from({ length: 5 }, () => laptop.send(id, 'once', clientMessageId)),
      ...Array.from({ length: 5 }, () => ana.api.ok<Receipt>('POST', `/conversations/${id}/messages`, { clientMessageId, text: 'once' })),
    ]);
    expect(new Set(answers.map((answer) => `${answer.id} ${String(answer.seq)}`)).size).toBe(1);
    expect(await boris.reads(id)).toHaveLength(1);
  },

  'many writers at once leave no gap and no repetition': async ({ actors }: Scene) => {
    const writers = await actors('ana', 'boris', 'clara', 'dmitri');
    const [ana, ...others] = writers;
    const { id } = await ana.opens('group', others);
    const watching = await ana.comesOnline();
    await Promise.all(
      writers.map(async (writer) => Promise.all(Array.from({ length: 25 }, (_, n) => writer.posts(id, `${writer.name} ${String(n)}`)))),
    );
    const log = await ana.reads(id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    await watching.receives('message:created', ({ message }) => (message as Message).seq === 100);
    const live = watching.all('message:created').map(({ message }) => message as Message);
    expect(live.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
  },

  'edit, reaction and deletion arrive live, each one rev further': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [anas, boriss] = await Promise.all([ana.comesOnline(), boris.comesOnline()]);
    const sent = await ana.posts(id, 'teh');
    await anas.command('message:edit', { messageId: sent.id, text: 'the' });
    await boriss.command('reaction:add', { messageId: sent.id, emoji: '👍' });
    await anas.command('message:delete', { messageId: sent.id });
    const { message: edited } = (await boriss.receives('message:updated')) as { message: Message };
    const reacted = await boriss.receives('reaction:changed');
    const { message: deleted } = (await boriss.receives('message:deleted')) as { message: Message };
    expect(edited).toMatchObject({ text: 'the', seq: sent.seq, rev: sent.rev + 1 });
    expect(reacted).toMatchObject({ rev: sent.rev + 2, reactions: [{ emoji: '👍', userIds: [boris.id] }] });
    expect(deleted).toMatchObject({ text: '', seq: sent.seq, rev: sent.rev + 3 });
    await expect(boriss.command('message:edit', { messageId: sent.id, text: 'mine now' })).rejects.toThrow();
  },

  'a pin reaches everyone in the conversation, and the list of pins': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [anas, boriss] = await Promise.all([ana.comesOnline(), boris.comesOnline()]);
    const sent = await ana.posts(id, 'where we meet');
    await boriss.command('message:pin', { messageId: sent.id });
    const { message } = (await anas.receives('message:updated')) as { message: Message };
    expect(message).toMatchObject({ id: sent.id, pinned: true, rev: sent.rev + 1 });
    expect(await ana.api.ok<unknown>('GET', `/conversations/${id}/pins`)).toEqual({ items: [message], nextCursor: null });
    await ana.api.ok('DELETE', `/messages/${sent.id}/pin`);
    await boriss.receives('message:updated', ({ message: later }) => !(later as Message).pinned);
    expect(await boris.api.ok<unknown>('GET', `/conversations/${id}/pins`)).toEqual({ items: [], nextCursor: null });
  },

  'an absent device gets exactly what it missed in one call': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const seen = await ana.posts(id, 'seen');
    for (const text of ['missed 1', 'missed 2']) await ana.posts(id, text);
    await (await ana.device()).command('message:edit', { messageId: seen.id, text: 'seen, then changed' });
    const device = await boris.comesOnline();
    const { changes } = await device.command<{ changes: Record<string, { messages: Message[]; uptoRev: number; more: boolean }> }>('sync', {
      revs: { [id]: seen.rev },
    });
    const missed = changes[id];
    expect(missed?.messages.map(({ text }) => text).sort()).toEqual(['missed 1', 'missed 2', 'seen, then changed']);
    expect(missed).toMatchObject({ more: false, uptoRev: (await boris.seesInList(id))?.rev });
  },

  'unread clears on every device and counts mentions': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [phone, laptop] = await Promise.all([boris.comesOnline(), boris.comesOnline()]);
    await ana.posts(id, 'one');
    const second = await ana.posts(id, `two for @${boris.session.user.username}`);
    expect(await boris.seesInList(id)).toMatchObject({ unread: 2, mentions: 1, lastSeq: second.seq });
    await phone.command('conversation:read', { conversationId: id, seq: second.seq });
    await laptop.receives('read:updated', (read) => read['userId'] === boris.id && read['seq'] === second.seq);
    await phone.command('conversation:read', { conversationId: id, seq: 1 });
    expect(await boris.seesInList(id)).toMatchObject({ unread: 0, mentions: 0, lastReadSeq: second.seq });
    expect(await ana.seesInList(id)).toMatchObject({ unread: 0 });
  },

  'search finds words in any form, in both languages, and nothing of others': async ({ actors }: Scene) => {
    const [ana, boris, clara] = await actors('ana', 'boris', 'clara');
    const { id } = await ana.opens('group', [boris]);
    await ana.posts(id, 'Мы обсуждали квартальные отчёты вчера');
    await ana.posts(id, 'Running late, write to ana.lopez@example.org');
    const found = async (who: typeof ana, q: string) =>
      (await wholeAnswer(() => who.api.ok<{ items: Message[]; isPartial?: boolean }>('GET', `/search/messages?q=${encodeURIComponent(q)}`)))
        .items.length;
    expect(await found(boris, 'отчёт')).toBe(1);
    expect(await found(boris, 'run')).toBe(1);
    expect(await found(boris, 'ana.lopez@example.org')).toBe(1);
    expect(await found(boris, '"квартальные отчёты"')).toBe(1);
    expect(await found(clara, 'отчёт')).toBe(0);
  },
} as const;
