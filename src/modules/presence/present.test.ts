import { presentPresence } from './present.ts';

const userId = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
const record = { userId, chosen: 'dnd' as const, text: 'writing', until: null, lastSeenAt: '2026-01-31T12:00:00.000Z' };

test('a choice shows only while the person is there', () => {
  expect(presentPresence(userId, record, true)).toMatchObject({ status: 'dnd', text: 'writing' });
  expect(presentPresence(userId, record, false)).toMatchObject({ status: 'offline', lastSeenAt: record.lastSeenAt });
});

test('whoever is invisible looks offline to everyone', () => {
  expect(presentPresence(userId, { ...record, chosen: 'invisible' }, true).status).toBe('offline');
});

test('a person without a record is online or offline, and never seen', () => {
  expect(presentPresence(userId, undefined, true)).toEqual({ userId, status: 'online', lastSeenAt: null, text: null, until: null });
  expect(presentPresence(userId, undefined, false).status).toBe('offline');
});
