import type { Note } from '../../ports.ts';

/** A note of a message, apart from what a test says. */
export const noteOf = (changes: Partial<Note> = {}): Note => ({
  eventId: '01970000-0000-7000-8000-000000000001',
  receipt: 'receipt-1',
  cause: 'mention',
  title: 'Grace in Kitchen',
  body: 'Lunch is ready',
  path: '/c/01970000-0000-7000-8000-00000000000c?m=01970000-0000-7000-8000-000000000001',
  conversationId: '01970000-0000-7000-8000-00000000000c',
  messageId: '01970000-0000-7000-8000-000000000001',
  seq: 7,
  senderId: '01970000-0000-7000-8000-00000000000b',
  iconPath: null,
  badge: 3,
  readUpTo: { '01970000-0000-7000-8000-00000000000d': 12 },
  topic: 'abcdefghijklmnopqrstuv',
  ttlSeconds: 86_400,
  urgency: 'high',
  language: 'en',
  createdAt: '2026-01-31T18:00:00.000Z',
  ...changes,
});
