import { expect, test } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { pushOwner } from './push-owner.ts';

test('who turned pushes on is known to the service worker until it is taken back', async () => {
  const factory = new IDBFactory();
  const ofPage = pushOwner(factory);
  const ofWorker = pushOwner(factory);
  expect(await ofWorker.get()).toBeNull();
  await ofPage.set('ana');
  expect(await ofWorker.get()).toBe('ana');
  await ofPage.set('boris');
  expect(await ofWorker.get()).toBe('boris');
  await ofPage.set(null);
  expect(await ofWorker.get()).toBeNull();
});
