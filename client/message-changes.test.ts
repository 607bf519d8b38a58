import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from '../src/contracts/chat/messages.ts';
import { pinMessage, unpinMessage } from '../src/contracts/chat/pins.ts';
import { addReaction, removeReaction } from '../src/contracts/chat/reactions.ts';
import { editMessage } from '../src/contracts/chat/messages.ts';
import { ClientError } from './client-error.ts';
import { OpenConversation } from './conversation-handle.ts';
import { type Asked, handleParts } from './test-handle.ts';
import { aMessage } from './test-log.ts';
import { settled } from './test-timers.ts';

let asked: Asked[];
let changed: Message[];
let handle: OpenConversation;

beforeEach(() => {
  [asked, changed] = [[], []];
  handle = new OpenConversation('c1', handleParts({ asked, changed, pendingOf: () => [] }));
});

async function opened(): Promise<void> {
  const opening = handle.openLatest();
  asked.at(-1)?.answer({ items: [98, 99, 100].map((seq) => aMessage(seq)), hasMore: true });
  await opening;
}

describe('a change that the server has yet to answer', () => {
  const shown = () => handle.timeline.get().messages[1];

  it('is shown at once, and stays when it is taken', async () => {
    await opened();
    const editing = handle.edit('m99', 'wanted');
    const reacting = handle.toggleReaction('m99', '👍');
    await settled();
    expect(shown()).toMatchObject({ text: 'wanted', reactions: [{ emoji: '👍', userIds: ['me'] }] });
    asked[1]?.answer(aMessage(99, { rev: 102, text: 'wanted' }));
    asked[2]?.answer({ conversationId: 'c1', messageId: 'm99', rev: 103, reactions: [{ emoji: '👍', userIds: ['me'] }] });
    await Promise.all([editing, reacting]);
    expect(shown()).toMatchObject({ rev: 103, text: 'wanted' });
    expect(changed.map(({ text }) => text)).toEqual(['wanted', 'wanted']);
  });

  it('is taken back when it is refused', async () => {
    await opened();
    const before = shown();
    const editing = handle.edit('m99', 'wanted');
    const reacting = handle.toggleReaction('m99', '👍');
    await settled();
    for (const { fail } of asked.slice(1)) fail(new ClientError('offline'));
    await expect(editing).rejects.toMatchObject({ code: 'offline' });
    await expect(reacting).rejects.toMatchObject({ code: 'offline' });
    expect(shown()).toBe(before);
  });

  it('pins at once: the last of several presses counts, and a refusal takes it back', async () => {
    await opened();
    const pressed = [handle.setPinned('m99', true), handle.setPinned('m99', false), handle.setPinned('m99', true)];
    expect(shown()).toMatchObject({ pinned: true });
    asked[1]?.answer(aMessage(99, { rev: 102, pinned: true }));
    await Promise.all(pressed);
    expect(shown()).toMatchObject({ rev: 102, pinned: true });
    const unpinning = handle.setPinned('m99', false);
    expect(shown()).toMatchObject({ pinned: false });
    asked[2]?.fail(new ClientError('offline'));
    await expect(unpinning).rejects.toMatchObject({ code: 'offline' });
    expect(shown()).toMatchObject({ rev: 102, pinned: true });
    expect(asked.slice(1).map(({ name }) => name)).toEqual([pinMessage.name, unpinMessage.name]);
  });

  it('follows the last value: an emoji pressed twice is not given, and of two edits the later one stays', async () => {
    await opened();
    const reacting = [handle.toggleReaction('m99', '❤'), handle.toggleReaction('m99', '❤️')];
    await settled();
    expect(shown()?.reactions).toEqual([]);
    const editing = [handle.edit('m99', 'first'), handle.edit('m99', 'second')];
    expect(asked.slice(1).map(({ name }) => name)).toEqual([addReaction.name, editMessage.name]);
    asked[1]?.answer({ conversationId: 'c1', messageId: 'm99', rev: 102, reactions: [{ emoji: '❤️', userIds: ['me'] }] });
    asked[2]?.fail(new ClientError('offline'));
    await settled();
    expect(shown()).toMatchObject({ text: 'second', reactions: [] });
    expect(asked.slice(3).map(({ name, input }) => [name, input['text']])).toEqual([
      [removeReaction.name, undefined],
      [editMessage.name, 'second'],
    ]);
    asked[3]?.answer({ conversationId: 'c1', messageId: 'm99', rev: 103, reactions: [] });
    asked[4]?.answer(aMessage(99, { rev: 104, text: 'second' }));
    await Promise.all([...reacting, ...editing]);
    expect(shown()).toMatchObject({ rev: 104, text: 'second', reactions: [] });
  });

  it('is not shown in a message that is deleted meanwhile, and keeps the reactions of others', async () => {
    await opened();
    const others = { kind: 'reactions' as const, messageId: 'm99', rev: 102, reactions: [{ emoji: '👍', userIds: ['ana'] }] };
    handle.follow({ arrived: [], changed: [others] });
    void handle.toggleReaction('m99', '👍');
    void handle.edit('m99', 'wanted');
    await settled();
    expect(shown()?.reactions).toEqual([{ emoji: '👍', userIds: ['ana', 'me'] }]);
    handle.follow({
      arrived: [],
      changed: [{ kind: 'message', rev: 103, message: aMessage(99, { rev: 103, text: '', deletedAt: '2026-01-01T00:00:00Z' }) }],
    });
    handle.publish();
    expect(shown()).toMatchObject({ text: '', reactions: [] });
  });

  it('ends with the conversation', async () => {
    await opened();
    void handle.edit('m99', 'wanted');
    handle.forget();
    await opened();
    expect(shown()?.text).not.toBe('wanted');
  });
});
