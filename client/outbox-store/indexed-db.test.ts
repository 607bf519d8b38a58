import { expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { IndexedDbOutboxStore } from './indexed-db.ts';
import { outboxStoreSuite } from './outbox-store.suite.ts';

outboxStoreSuite('IndexedDB', () => new IndexedDbOutboxStore(new IDBFactory()));

const entry = {
  clientMessageId: 'x',
  conversationId: 'c1',
  text: 'kept',
  replyTo: null,
  threadRootId: null,
  createdAt: 1,
  state: 'waiting' as const,
  code: null,
};

it('keeps entries over a reload, and shows them to another tab', async () => {
  const factory = new IDBFactory();
  const first = new IndexedDbOutboxStore(factory);
  await first.put('ana', entry);
  const second = new IndexedDbOutboxStore(factory);
  expect(await second.load('ana')).toEqual([entry]);
  await second.remove('ana', 'x');
  expect(await first.has('ana', 'x')).toBe(false);
});

it('opens again after a newer page asked it to make way', async () => {
  const factory = new IDBFactory();
  const store = new IndexedDbOutboxStore(factory);
  await store.put('ana', entry);
  await new Promise((resolve) => {
    const deleting = factory.deleteDatabase('confab');
    deleting.onsuccess = resolve;
  });
  await store.put('ana', entry);
  expect(await store.has('ana', 'x')).toBe(true);
});
