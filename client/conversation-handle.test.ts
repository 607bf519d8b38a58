import { beforeEach, describe, expect, it } from '@jest/globals';
import { addReaction, removeReaction } from '../src/contracts/chat/reactions.ts';
import { editMessage, listMessages } from '../src/contracts/chat/messages.ts';
import { listMembers } from '../src/contracts/chat/members.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Change } from './change.ts';
import type { OutboxEntry } from './client.ts';
import { ClientError } from './client-error.ts';
import { OpenConversation } from './conversation-handle.ts';
import { type Asked, handleParts } from './test-handle.ts';
import { aMessage } from './test-log.ts';
import { settled } from './test-timers.ts';

let asked: Asked[];
let pending: OutboxEntry[];
let changed: Message[];
let handle: OpenConversation;

beforeEach(() => {
  [asked, pending, changed] = [[], [], []];
  handle = new OpenConversation('c1', handleParts({ asked, changed, pendingOf: () => pending }));
  handle.timeline.subscribe(() => undefined);
});

const messages = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_unused, index) => aMessage(from + index));
const seqs = () => handle.timeline.get().messages.map(({ seq }) => seq);
const edit = (seq: number, rev: number): Change => ({ kind: 'message', rev, message: aMessage(seq, { rev, text: 'edited' }) });
const arrive = (seq: number) => {
  handle.follow({ arrived: [aMessage(seq)], changed: [] });
  handle.publish();
};

async function opened(from = 98, to = 100): Promise<void> {
  const opening = handle.openLatest();
  asked.at(-1)?.answer({ items: messages(from, to), hasMore: true });
  await opening;
}

describe('a conversation’s window', () => {
  it('shows the newest page, and reads it once', async () => {
    expect(handle.timeline.get()).toMatchObject({ loaded: false, loading: false });
    const both = [handle.openLatest(), handle.openLatest()];
    expect(handle.timeline.get()).toMatchObject({ loaded: false, loading: true });
    asked[0]?.answer({ items: messages(98, 100), hasMore: true });
    await Promise.all(both);
    await handle.openLatest();
    expect(asked.map(({ name }) => name)).toEqual([listMessages.name]);
    expect(handle.timeline.get()).toMatchObject({ loaded: true, loading: false, hasOlder: true, hasNewer: false });
  });

  it('holds what happened while its page was being read', async () => {
    const opening = handle.openLatest();
    handle.follow({ arrived: [aMessage(101)], changed: [edit(99, 102)] });
    handle.publish();
    // Read before both.
    asked[0]?.answer({ items: messages(98, 100), hasMore: true });
    await opening;
    expect(seqs()).toEqual([98, 99, 100, 101]);
    expect(handle.timeline.get().messages[1]?.text).toBe('edited');
  });

  it('reads again what it read before the log was followed', async () => {
    const opening = handle.openLatest();
    handle.reset();
    asked[0]?.answer({ items: messages(97, 99), hasMore: true });
    await settled();
    asked[1]?.answer({ items: messages(98, 100), hasMore: true });
    await opening;
    expect(seqs()).toEqual([98, 99, 100]);
  });

  it('takes what it read before the log was followed where that shows the last change', async () => {
    const opening = handle.openLatest();
    handle.followed(99);
    asked[0]?.answer({ items: messages(97, 99), hasMore: true });
    await opening;
    handle.followed(99);
    expect([seqs(), asked.length]).toEqual([[97, 98, 99], 1]);
  });

  it('shows what it read before the log was followed until it has read it again', async () => {
    await opened();
    handle.followed(101);
    expect(seqs()).toEqual([98, 99, 100]);
    asked[1]?.answer({ items: messages(99, 101), hasMore: true });
    await settled();
    expect(seqs()).toEqual([99, 100, 101]);
  });

  it('reads the place it shows again when the log is another one', async () => {
    await opened();
    handle.reset();
    expect(handle.timeline.get().messages).toEqual([]);
    asked[1]?.answer({ items: messages(1, 2), hasMore: false });
    await settled();
    expect(seqs()).toEqual([1, 2]);
  });

  it('shows a place in the middle, and grows to both sides', async () => {
    const opening = handle.openAt(50);
    expect(asked[0]?.input).toMatchObject({ aroundSeq: 50 });
    asked[0]?.answer({ items: messages(49, 51), hasMore: true });
    await opening;
    expect(handle.timeline.get()).toMatchObject({ hasOlder: true, hasNewer: true });
    arrive(101);
    const growing = [handle.loadOlder(), handle.loadOlder(), handle.loadNewer()];
    expect(asked.slice(1).map(({ input }) => [input['beforeSeq'], input['afterSeq']])).toEqual([
      [49, undefined],
      [undefined, 51],
    ]);
    asked[2]?.answer({ items: messages(52, 53), hasMore: false });
    asked[1]?.answer({ items: messages(47, 48), hasMore: false });
    await Promise.all(growing);
    expect(seqs()).toEqual([47, 48, 49, 50, 51, 52, 53]);
    expect(handle.timeline.get()).toMatchObject({ hasOlder: false, hasNewer: false });
    await Promise.all([handle.loadOlder(), handle.loadNewer(), handle.openAt(50)]);
    expect(asked).toHaveLength(3);
  });

  it('begins the next page for whoever sees that the former one has ended', async () => {
    await opened();
    const further: Promise<void>[] = [];
    handle.timeline.subscribe(() => {
      if (!handle.timeline.get().loading && further.length === 0) further.push(handle.loadOlder());
    });
    const older = handle.loadOlder();
    asked[1]?.answer({ items: messages(96, 97), hasMore: true });
    await older;
    expect(asked.slice(1).map(({ input }) => input['beforeSeq'])).toEqual([98, 96]);
    asked[2]?.answer({ items: messages(94, 95), hasMore: false });
    await Promise.all(further);
    expect(seqs()[0]).toBe(94);
  });

  it('begins the next try for whoever sees that the former one has failed', async () => {
    await opened();
    const further: Promise<void>[] = [];
    handle.timeline.subscribe(() => {
      if (!handle.timeline.get().loading && further.length === 0) further.push(handle.loadOlder());
    });
    const older = handle.loadOlder();
    asked[1]?.fail(new ClientError('offline'));
    await expect(older).rejects.toMatchObject({ code: 'offline' });
    expect(asked).toHaveLength(3);
    asked[2]?.answer({ items: messages(96, 97), hasMore: false });
    await Promise.all(further);
  });

  it('stays at the place that was asked for last', async () => {
    const at = handle.openAt(50);
    const latest = handle.openLatest();
    asked[1]?.answer({ items: messages(98, 100), hasMore: true });
    asked[0]?.answer({ items: messages(49, 51), hasMore: true });
    await Promise.all([at, latest]);
    expect(seqs()).toEqual([98, 99, 100]);
  });

  it('rejects when its page cannot be read, and can be asked again', async () => {
    const opening = handle.openLatest();
    asked[0]?.fail(new ClientError('offline'));
    await expect(opening).rejects.toMatchObject({ code: 'offline' });
    expect(handle.timeline.get()).toMatchObject({ loaded: false, loading: false });
    await opened();
    expect(seqs()).toEqual([98, 99, 100]);
  });

  it('keeps only the newest part when nobody looks', async () => {
    const unwatched = new OpenConversation('c1', handleParts({ asked, changed, pendingOf: () => pending }));
    const opening = unwatched.openLatest();
    asked[0]?.answer({ items: messages(1, 200), hasMore: false });
    await opening;
    unwatched.follow({ arrived: messages(201, 250), changed: [] });
    unwatched.publish();
    expect(unwatched.timeline.get().messages).toHaveLength(200);
    expect(unwatched.timeline.get()).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(unwatched.unload()).toBe(true);
    expect(unwatched.timeline.get().loaded).toBe(false);
    expect(handle.unload()).toBe(false);
  });

  it('is empty once the conversation is gone', async () => {
    await opened();
    handle.shown(null);
    expect(handle.conversation.get()).toBeNull();
    expect(handle.timeline.get()).toMatchObject({ messages: [], loaded: false });
  });
});

describe('a changed message', () => {
  it('is reported once it is shown, whether by the answer or the event first', async () => {
    await opened();
    const editing = handle.edit('m99', 'edited');
    expect(asked[1]?.name).toBe(editMessage.name);
    asked[1]?.answer(aMessage(99, { rev: 102, text: 'edited' }));
    await editing;
    handle.follow({ arrived: [], changed: [edit(99, 102), edit(5, 103)] });
    handle.publish();
    expect(changed.map(({ seq, text }) => [seq, text])).toEqual([[99, 'edited']]);
    expect(handle.timeline.get().messages[1]?.text).toBe('edited');
  });

  it('takes a reaction where one has it, and gives it where not', async () => {
    await opened();
    const adding = handle.toggleReaction('m99', '👍');
    expect(asked[1]?.name).toBe(addReaction.name);
    asked[1]?.answer({ conversationId: 'c1', messageId: 'm99', rev: 102, reactions: [{ emoji: '👍', userIds: ['me'] }] });
    await adding;
    const removing = handle.toggleReaction('m99', '👍');
    expect(asked[2]?.name).toBe(removeReaction.name);
    asked[2]?.answer({ conversationId: 'c1', messageId: 'm99', rev: 103, reactions: [] });
    await removing;
    expect(handle.timeline.get().messages[1]?.reactions).toEqual([]);
  });
});

describe('pending messages', () => {
  it('are not shown beside the message they became', async () => {
    await opened();
    pending = [
      {
        clientMessageId: 'x101',
        conversationId: 'c1',
        text: 'hi',
        replyTo: null,
        threadRootId: null,
        createdAt: 1,
        state: 'sending',
        code: null,
      },
    ];
    handle.publish();
    expect(handle.timeline.get().pending).toHaveLength(1);
    handle.follow({ arrived: [aMessage(101, { senderId: 'me' })], changed: [] });
    handle.publish();
    expect(handle.timeline.get().pending).toHaveLength(0);
  });
});

describe('members', () => {
  const member = (userId: string) => ({ userId, role: 'member' as const, joinedAt: '', lastReadSeq: 0 });

  it('are read page by page, with what changed meanwhile, and once', async () => {
    const loading = handle.loadMembers();
    asked[0]?.answer({ items: [member('ana')], nextCursor: 'next' });
    await settled();
    handle.follow({ arrived: [], changed: [{ kind: 'left', rev: 5, userId: 'ana' }] });
    asked[1]?.answer({ items: [member('ben')], nextCursor: null });
    await loading;
    await handle.loadMembers();
    expect(asked.map(({ name, input }) => [name, input['cursor']])).toEqual([
      [listMembers.name, undefined],
      [listMembers.name, 'next'],
    ]);
    expect(handle.members.get()).toEqual([member('ben')]);
    handle.readBy('ben', 7);
    expect(handle.members.get()[0]?.lastReadSeq).toBe(7);
  });

  it('are read again after changes that were missed, when somebody looks', async () => {
    const loading = handle.loadMembers();
    asked[0]?.answer({ items: [member('ana')], nextCursor: null });
    await loading;
    handle.synced();
    expect(asked).toHaveLength(1);
    handle.members.subscribe(() => undefined);
    handle.synced();
    asked[1]?.answer({ items: [], nextCursor: null });
    await settled();
    expect(handle.members.get()).toEqual([]);
  });
});
