import { describe, expect, it } from '@jest/globals';
import { byRecency, fromHead, merged, withArrivedMessage, withConversationChange, withRead } from './conversation-state.ts';
import { aConversation, aHead, aMessage } from './test-log.ts';

const conversation = aConversation({ lastSeq: 5, rev: 9, lastReadSeq: 3, unread: 2, mentions: 1, lastMessage: aMessage(5, { rev: 9 }) });

describe('a conversation', () => {
  it('counts a message of somebody else as unread, and as a mention where it is one', () => {
    const after = withArrivedMessage(conversation, aMessage(6, { rev: 10, mentions: ['me'] }), 'me');
    expect(after).toMatchObject({ lastSeq: 6, rev: 10, unread: 3, mentions: 2, lastMessage: { seq: 6 } });
  });

  it('is read by whoever writes in it', () => {
    expect(withArrivedMessage(conversation, aMessage(6, { rev: 10, senderId: 'me' }), 'me')).toMatchObject({
      unread: 0,
      mentions: 0,
      lastReadSeq: 6,
    });
  });

  it('does not count a message twice that its figures hold already', () => {
    expect(withArrivedMessage(conversation, aMessage(5, { rev: 9 }), 'me')).toBe(conversation);
  });

  it('never moves its read mark back, nor beyond its last message', () => {
    expect(withRead(conversation, 2)).toBe(conversation);
    expect(withRead(conversation, 4)).toMatchObject({ lastReadSeq: 4, unread: 1, mentions: 1 });
    expect(withRead(conversation, 99)).toMatchObject({ lastReadSeq: 5, unread: 0, mentions: 0 });
  });

  it('shows its last message as it is now', () => {
    const edited = aMessage(5, { rev: 10, text: 'edited' });
    const after = withConversationChange(conversation, { kind: 'message', rev: 10, message: edited }, 'me');
    expect(after).toMatchObject({ rev: 10, lastMessage: { text: 'edited' } });
    const reactions = [{ emoji: '👍', userIds: ['x'] }];
    expect(withConversationChange(after, { kind: 'reactions', rev: 11, messageId: 'm5', reactions }, 'me').lastMessage).toMatchObject({
      text: 'edited',
      reactions,
    });
  });

  it('does not take an older message for its last', () => {
    const old = aMessage(4, { rev: 10, text: 'edited' });
    expect(withConversationChange(conversation, { kind: 'message', rev: 10, message: old }, 'me').lastMessage?.seq).toBe(5);
  });

  it('follows its name, its members and one’s own role, each once', () => {
    const renamed = withConversationChange(conversation, { kind: 'head', rev: 10, conversation: aHead({ name: 'New', rev: 10 }) }, 'me');
    expect(renamed).toMatchObject({ name: 'New', rev: 10, lastSeq: 5, unread: 2 });
    const member = { userId: 'me', role: 'moderator' as const, joinedAt: '', lastReadSeq: 0 };
    const grown = withConversationChange(renamed, { kind: 'joined', rev: 11, members: [member] }, 'me');
    expect(grown.memberCount).toBe(3);
    expect(withConversationChange(grown, { kind: 'joined', rev: 11, members: [member] }, 'me')).toBe(grown);
    expect(withConversationChange(grown, { kind: 'left', rev: 12, userId: 'x' }, 'me').memberCount).toBe(2);
    expect(withConversationChange(grown, { kind: 'member', rev: 12, member }, 'me').role).toBe('moderator');
  });

  it('believes the server unless it knows better', () => {
    const received = aConversation({ rev: 12, lastSeq: 8, lastReadSeq: 2, unread: 6, members: [] });
    expect(merged(conversation, received)).toEqual({ ...aConversation({ rev: 12, lastSeq: 8, lastReadSeq: 3, unread: 5 }) });
    expect(merged(conversation, { ...received, rev: 8 })).toBe(conversation);
    expect(merged(undefined, received)).not.toHaveProperty('members');
  });

  it('counts as read what was written before one came in', () => {
    expect(fromHead(aHead({ lastSeq: 40, rev: 60 }), 'me')).toMatchObject({ unread: 0, lastReadSeq: 40, role: 'member' });
    expect(fromHead(aHead({ createdBy: 'me' }), 'me').role).toBe('owner');
  });

  it('stands above those that were quiet for longer', () => {
    const quiet = aConversation({ id: 'quiet' });
    expect([quiet, conversation].sort(byRecency)).toEqual([conversation, quiet]);
  });
});
