import { placed } from './drafts.ts';
import { deletion, editHistoryAfter } from './message-patches.ts';

const at = '2026-02-03T10:00:00.000Z';
const message = placed(
  {
    id: 'message',
    conversationId: 'conversation',
    membersRev: 1,
    senderId: 'ana',
    clientMessageId: 'sent',
    text: 'before',
    attachments: [],
    replyTo: null,
    threadRootId: null,
    mentions: [],
    createdAt: at,
  },
  4,
  9,
);

test('an edit keeps the text as it was until then, under the rev that wrote it', () => {
  expect(editHistoryAfter(message, { text: 'after', editedAt: at })).toEqual({ rev: 9, text: 'before', endedAt: at });
});

test('a deletion forgets every former text', () => {
  expect(editHistoryAfter(message, deletion(at))).toBe('forgotten');
});

test.each([[{ pinned: true }], [{ reactions: [] }], [{ threadCount: 3 }], [{ mentions: ['boris'] }], [{}]])(
  'a patch of other fields leaves the history as it is: %j',
  (patch) => {
    expect(editHistoryAfter(message, patch)).toBe('unchanged');
  },
);

test('a deleted message says nothing, mentions no person, has no reaction and is not pinned', () => {
  expect({ ...message, pinned: true, ...deletion(at) }).toMatchObject({
    id: 'message',
    seq: 4,
    text: '',
    mentions: [],
    reactions: [],
    pinned: false,
    deletedAt: at,
  });
});
