import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OutboxEntry } from '../client.ts';
import type { OutboxStore } from '../options.ts';

const entry = (clientMessageId: string, createdAt: number, over: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientMessageId,
  conversationId: 'c1',
  text: `text of ${clientMessageId}`,
  replyTo: null,
  threadRootId: null,
  createdAt,
  state: 'waiting',
  code: null,
  ...over,
});

/** What every store of messages on their way promises. */
export function outboxStoreSuite(name: string, open: () => OutboxStore): void {
  describe(`an outbox store: ${name}`, () => {
    let store: OutboxStore;
    beforeEach(() => {
      store = open();
    });

    it('gives back what was put, in the order written', async () => {
      await store.put('ana', entry('second', 2));
      await store.put('ana', entry('first', 1));
      expect(await store.load('ana')).toEqual([entry('first', 1), entry('second', 2)]);
    });

    it('keeps one entry for an id, as it was put last', async () => {
      await store.put('ana', entry('x', 1));
      await store.put('ana', entry('x', 1, { state: 'failed', code: 'forbidden' }));
      expect(await store.load('ana')).toEqual([entry('x', 1, { state: 'failed', code: 'forbidden' })]);
    });

    it('knows what it has', async () => {
      await store.put('ana', entry('x', 1));
      expect(await Promise.all([store.has('ana', 'x'), store.has('ana', 'y'), store.has('ben', 'x')])).toEqual([true, false, false]);
      await store.remove('ana', 'x');
      expect(await store.has('ana', 'x')).toBe(false);
      await store.remove('ana', 'x');
    });

    it('never shows one person what another wrote, and clears one person’s only', async () => {
      await store.put('ana', entry('a', 1));
      await store.put('ben', entry('b', 1));
      expect(await store.load('ben')).toEqual([entry('b', 1)]);
      await store.clear('ana');
      await store.clear('nobody');
      expect(await store.load('ana')).toEqual([]);
      expect(await store.load('ben')).toEqual([entry('b', 1)]);
    });
  });
}
