import fc from 'fast-check';
import { readPush } from '../../../../../web/src/service-worker/push.ts';
import { noteOf } from './notes.fixture.ts';
import { cutAtWord, payloadOf } from './payload.ts';

const publicUrl = 'https://chat.example.org';
const read = (bytes: Buffer) => JSON.parse(bytes.toString()) as Record<string, unknown> & { notification: Record<string, unknown> };

test('is a declarative push, with the fields of the service worker beside it', () => {
  const note = noteOf({ iconPath: '/api/v1/avatars/1' });
  expect(read(payloadOf(note, publicUrl))).toEqual({
    web_push: 8030,
    mutable: true,
    app_badge: 3,
    notification: {
      title: 'Grace in Kitchen',
      body: 'Lunch is ready',
      navigate: `${publicUrl}${note.path}`,
      lang: 'en',
      dir: 'auto',
      tag: note.eventId,
      silent: false,
      timestamp: Date.parse(note.createdAt),
      icon: `${publicUrl}/api/v1/avatars/1`,
      app_badge: '3',
      data: { eventId: note.eventId, receipt: 'receipt-1', conversationId: note.conversationId, seq: 7 },
    },
    eventId: note.eventId,
    receipt: 'receipt-1',
    cause: 'mention',
    conversationId: note.conversationId,
    messageId: note.messageId,
    seq: 7,
    senderId: note.senderId,
    path: note.path,
    readUpTo: note.readUpTo,
    actions: [
      { action: 'reply', title: 'Reply' },
      { action: 'read', title: 'Mark as read' },
    ],
  });
});

test('the service worker of the page reads all of it', () => {
  const note = noteOf({ language: 'ru', iconPath: '/api/v1/avatars/1' });
  const sent = read(payloadOf(note, publicUrl));
  const { eventId, title, body, path, cause, conversationId, seq, receipt, badge, readUpTo } = note;
  const known = { eventId, title, body, path, cause, conversationId, seq, receipt, badge, readUpTo, language: 'ru' };
  expect(readPush(sent, publicUrl)).toEqual({ ...known, icon: `${publicUrl}/api/v1/avatars/1` });
  // Where the browser has taken the envelope apart.
  expect(readPush({ notification: sent.notification }, publicUrl)).toMatchObject({ eventId, title, conversationId, seq, receipt, badge });
});

test('a call is accepted or declined, in the language of the person', () => {
  const { actions } = read(payloadOf(noteOf({ cause: 'call', messageId: null, language: 'ru' }), publicUrl));
  expect(actions).toEqual([
    { action: 'accept', title: 'Принять' },
    { action: 'decline', title: 'Отклонить' },
  ]);
});

test('what has no message has no actions', () => {
  expect(read(payloadOf(noteOf({ cause: 'security', messageId: null }), publicUrl)).actions).toEqual([]);
});

test('has at most 3,000 bytes, whatever people write, and keeps what shows and opens it', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 4000 });
  const closed = fc.dictionary(fc.uuid(), fc.nat(), { maxKeys: 20 });
  fc.assert(
    fc.property(texts, texts, closed, (title, body, readUpTo) => {
      const note = noteOf({ title, body, readUpTo });
      const bytes = payloadOf(note, publicUrl);
      const payload = read(bytes);
      expect(bytes.byteLength).toBeLessThanOrEqual(3000);
      expect(payload).toMatchObject({ web_push: 8030, eventId: note.eventId, receipt: 'receipt-1' });
      expect(payload.notification).toMatchObject({ tag: note.eventId, navigate: `${publicUrl}${note.path}` });
    }),
  );
});

test.each([
  ['Lunch is ready', 20, 'Lunch is ready'],
  ['Lunch is ready', 11, 'Lunch is…'],
  ['Lunch is ready', 9, 'Lunch is…'],
  ['Unterhaltungselektronik', 10, 'Unterhalt…'],
  ['Обед готов, приходите', 16, 'Обед готов,…'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 14, '👩‍👩‍👧‍👦…'],
])('%j within %i is %j', (text, max, cut) => {
  expect(cutAtWord(text, max)).toBe(cut);
});
