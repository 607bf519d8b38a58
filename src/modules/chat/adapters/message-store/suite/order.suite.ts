import fc from 'fast-check';
import { forbidden } from '../../../../../kernel/errors.ts';
import { newId } from '../../../../../kernel/ids.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { type ChatStore, StaleAuthorisation } from '../../../ports.ts';
import { asDeletion, asEdit, asJoining, asLeaving, asReactions, asUpdate } from './changes.ts';
import { type Begin, draftOf, logOf, opened, revOf, said, type StoreUnderTest } from './store-under-test.ts';

export function orderSuite(begin: Begin): void {
  type Step = { kind: 'send' | 'edit' | 'react' | 'empty' | 'join' | 'leave' | 'rename' | 'repeat'; node: number; pick: number };
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom<Step['kind'][]>('send', 'send', 'send', 'edit', 'react', 'empty', 'join', 'leave', 'rename', 'repeat'),
      node: fc.nat(1),
      pick: fc.nat(1000),
    }),
    { minLength: 20, maxLength: 60 },
  );

  test('both are contiguous, and one node publishes them in order, whatever happens at once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const under = begin();
        const nodes = [under.open(), under.open()];
        const ana = newId();
        const store = nodes[0]!;
        const id = await opened(store, ana);
        const seeds = [await said(store, id, ana), await said(store, id, ana)];
        const sent: Draft[] = [];
        const joined: string[] = [];
        const perform = async ({ kind, node, pick }: Step): Promise<void> => {
          const on = nodes[node]!;
          const seed = seeds[pick % seeds.length]!;
          if (kind === 'send') {
            const draft = await draftOf(on, id, ana);
            sent.push(draft);
            await on.messages.append(draft);
          } else if (kind === 'repeat') {
            const draft = sent[pick % Math.max(1, sent.length)];
            if (draft) await on.messages.append({ ...draft, id: newId(), membersRev: (await draftOf(on, id, ana)).membersRev });
          } else if (kind === 'edit') {
            await on.messages.change(seed, ana, ({ message }) =>
              message.deletedAt === null ? asEdit({ text: `edit ${String(pick)}`, mentions: [] }) : null,
            );
          } else if (kind === 'react') {
            await on.messages.change(seed, ana, ({ message }) =>
              message.deletedAt === null ? asReactions([...message.reactions, { emoji: String(pick), userIds: [ana] }]) : null,
            );
          } else if (kind === 'empty') {
            await on.messages.change(seed, ana, ({ message }) => (message.deletedAt === null ? asDeletion() : null));
          } else if (kind === 'join') {
            const userId = newId();
            joined.push(userId);
            await on.members.change(id, () => asJoining({ userId, role: 'member' }));
          } else if (kind === 'leave') {
            await on.members.change(id, ({ roles }) => {
              const userId = joined.find((one) => roles.has(one));
              return userId === undefined ? null : asLeaving(userId);
            });
          } else {
            await on.conversations.change(id, () => asUpdate({ name: `name ${String(pick)}` }));
          }
        };
        const outcomes = await Promise.allSettled(plan.map(perform));
        for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StaleAuthorisation);
        await checkLog(under, store, id);
      }),
      { numRuns: 12 },
    );
  });

  const checkLog = async (under: StoreUnderTest, store: ChatStore, id: string): Promise<void> => {
    const log = await logOf(store, id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const head = (await store.conversations.heads([id])).get(id) ?? 0;
    const revs = under.received.flatMap((event) => revOf(event, id));
    // The creation is rev 1; every rev after it was made by exactly one change, and published once.
    expect([...revs].sort((one, other) => one - other)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
    expect(new Set(log.map(({ rev }) => rev)).size).toBe(log.length);
    expect(Math.max(...log.map(({ rev }) => rev))).toBeLessThanOrEqual(head);
  };

  test('subscribers of one node receive revs in their order while appends and changes race', async () => {
    const under = begin();
    const store = under.open();
    const ana = newId();
    const id = await opened(store, ana);
    const seed = await said(store, id, ana);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 3 === 0
          ? store.messages.change(seed, ana, () => asReactions([{ emoji: String(index), userIds: [ana] }]))
          : said(store, id, ana),
      ),
    );
    const revs = under.received.flatMap((event) => revOf(event, id));
    expect(revs).toEqual(revs.map((_, index) => index + 1));
  });

  test('a change that decides to do nothing takes no rev and publishes nothing', async () => {
    const under = begin();
    const store = under.open();
    const ana = newId();
    const id = await opened(store, ana);
    const sent = await said(store, id, ana);
    const published = under.received.length;
    expect(await store.messages.change(sent, ana, () => null)).toEqual(sent);
    await store.members.change(id, () => null);
    await store.conversations.change(id, () => null);
    expect((await store.conversations.heads([id])).get(id)).toBe(sent.rev);
    expect(under.received).toHaveLength(published);
  });

  test('a decision that throws leaves everything as it was', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const sent = await said(store, id, ana);
    const refuse = (): never => {
      throw forbidden('no');
    };
    await expect(store.messages.change(sent, ana, refuse)).rejects.toThrow('no');
    await expect(store.members.change(id, refuse)).rejects.toThrow('no');
    await expect(store.conversations.remove(id, refuse)).rejects.toThrow('no');
    expect(await store.messages.find(sent.id)).toEqual(sent);
    expect((await store.conversations.heads([id])).get(id)).toBe(sent.rev);
  });

  test('a change of what does not exist is not found', async () => {
    const store = begin().open();
    const ana = newId();
    const id = await opened(store, ana);
    const nowhere = { id: newId(), conversationId: newId() };
    await expect(store.messages.change(nowhere, ana, () => null)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.messages.change({ ...nowhere, conversationId: id }, ana, () => null)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.members.change(newId(), () => null)).rejects.toMatchObject({ code: 'not_found' });
  });
}
