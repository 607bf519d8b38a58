import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SyncAnswer } from './catch-up.ts';
import { Conversations } from './conversations.ts';
import { aConversation, aHead, aMessage } from './test-log.ts';

let arrived: string[];
let calls: string[];
let conversations: Conversations;

beforeEach(() => {
  [arrived, calls] = [[], []];
  conversations = new Conversations({
    stepped: (id, step) => arrived.push(...step.arrived.map(({ seq }) => `${id}/${String(seq)}`)),
    shown: (id, conversation) => calls.push(`${conversation ? 'shown' : 'hidden'} ${id}`),
    gone: (id) => calls.push(`gone ${id}`),
    followed: (id, rev) => calls.push(`followed ${id} from ${String(rev)}`),
    reset: (id) => calls.push(`reset ${id}`),
    synced: (id) => calls.push(`synced ${id}`),
    gap: () => calls.push('gap'),
    hole: (id, seq) => calls.push(`hole ${id} after ${String(seq)}`),
  });
  conversations.begin('me');
});

const answer = (over: Partial<SyncAnswer> = {}): SyncAnswer => ({
  conversations: [],
  removed: [],
  changes: {},
  reads: {},
  muted: [],
  cursor: null,
  more: false,
  ...over,
});
const ids = () => conversations.list.get().map(({ id }) => id);
const c1 = aConversation({ rev: 9, lastSeq: 5, lastReadSeq: 2, unread: 3, lastMessage: aMessage(5, { rev: 9 }) });
const created = (seq: number, rev: number) => ({ kind: 'message' as const, rev, message: aMessage(seq, { rev }) });

function first(): void {
  conversations.revs();
  conversations.take(answer({ conversations: [c1] }));
  conversations.completed();
  calls.length = 0;
}

describe('the conversations', () => {
  it('are loaded by the first answer, with all of the past known', () => {
    expect(conversations.revs()).toEqual({});
    conversations.take(answer({ conversations: [c1] }));
    expect([conversations.isLoaded.get(), ids(), arrived]).toEqual([true, ['c1'], []]);
    expect(conversations.revs()).toEqual({ c1: 9 });
    expect(calls).not.toContain('hole c1 after 2');
  });

  it('are in the list by the time they are said to be loaded, and complete', () => {
    const seen: string[][] = [];
    for (const mark of [conversations.isLoaded, conversations.isComplete]) mark.subscribe(() => seen.push(ids()));
    first();
    expect(seen).toEqual([['c1'], ['c1']]);
  });

  it('follow live events, and ask when one is missing', () => {
    first();
    conversations.receive('c1', created(6, 10));
    expect([arrived, calls]).toEqual([['c1/6'], ['shown c1']]);
    conversations.receive('c1', created(8, 12));
    expect(calls).toContain('gap');
    conversations.revs();
    const page = { messages: [aMessage(7, { rev: 11 })], uptoRev: 11, more: false, reset: false };
    conversations.take(answer({ changes: { c1: page } }));
    expect(arrived).toEqual(['c1/6', 'c1/7', 'c1/8']);
    expect(conversations.revs()).toEqual({ c1: 12 });
  });

  it('come part by part at the first look, all with their past known, but for what came live', () => {
    conversations.revs();
    conversations.take(answer({ conversations: [c1], cursor: 'next', more: true }));
    expect([conversations.isLoaded.get(), conversations.isComplete.get()]).toEqual([true, false]);
    conversations.receive('c3', { ...created(5, 9), message: aMessage(5, { rev: 9, conversationId: 'c3' }) });
    conversations.revs();
    conversations.take(
      answer({
        conversations: [
          { ...c1, id: 'c2' },
          { ...c1, id: 'c3', lastSeq: 6 },
        ],
      }),
    );
    conversations.completed();
    expect(calls.filter((word) => word.startsWith('hole'))).toEqual(['hole c3 after 4']);
    expect([ids(), conversations.isComplete.get()]).toEqual([['c3', 'c2', 'c1'], true]);
  });

  it('keep what events said while an answer was on its way', () => {
    first();
    conversations.revs();
    conversations.removed('c1');
    conversations.take(answer({ conversations: [c1], reads: { c1: 2 } }));
    expect(ids()).toEqual([]);
    conversations.revs();
    conversations.take(answer({ conversations: [c1], reads: { c1: 2 } }));
    conversations.revs();
    conversations.muted('c1', true);
    conversations.take(answer({ reads: { c1: 2 } }));
    expect(conversations.get('c1')?.muted).toBe(true);
  });

  it('let everything unread arrive in one that is new after an absence', () => {
    first();
    conversations.take(answer({ conversations: [{ ...c1, id: 'c2' }] }));
    expect(calls).toContain('hole c2 after 2');
    expect(
      conversations.history(
        'c2',
        [3, 4, 5].map((seq) => aMessage(seq)),
      ),
    ).toBe(5);
    expect(arrived).toEqual(['c2/3', 'c2/4', 'c2/5']);
  });

  it('look for messages that are missing although every change is known', () => {
    first();
    conversations.take(
      answer({
        conversations: [{ ...c1, rev: 11, lastSeq: 7 }],
        changes: { c1: { messages: [], uptoRev: 11, more: false, reset: false } },
      }),
    );
    expect(calls).toContain('hole c1 after 5');
  });

  it('ask for one they do not know', () => {
    first();
    conversations.receive('unknown', created(1, 2));
    expect(calls).toEqual(['gap']);
  });

  it('ask when a heartbeat names a head they have not reached', () => {
    first();
    conversations.heads({ c1: 9 });
    expect(calls).toEqual([]);
    conversations.heads({ c1: 10 });
    expect(calls).toEqual(['gap']);
  });

  it('begin one that was just opened at its head', () => {
    first();
    conversations.created(aHead({ id: 'c2', rev: 4, lastSeq: 3 }));
    expect(conversations.get('c2')).toMatchObject({ unread: 0, lastReadSeq: 3 });
    conversations.receive('c2', { ...created(4, 5), message: aMessage(4, { rev: 5, conversationId: 'c2' }) });
    expect(arrived).toEqual(['c2/4']);
  });

  it('read a rolled-back history again', () => {
    first();
    conversations.receive('c1', created(6, 10));
    conversations.revs();
    const reset = { messages: [], uptoRev: 8, more: false, reset: true };
    conversations.take(answer({ conversations: [{ ...c1, rev: 8, lastSeq: 4 }], changes: { c1: reset } }));
    expect(calls).toContain('reset c1');
    expect(conversations.get('c1')).toMatchObject({ rev: 8, lastSeq: 4 });
    expect(conversations.revs()).toEqual({ c1: 8 });
  });

  it('let go of one that is not ours any more, but not of one we came back into meanwhile', () => {
    first();
    conversations.revs();
    conversations.removed('c1');
    conversations.created(aHead({ rev: 12, lastSeq: 6 }));
    conversations.take(answer({ removed: ['c1'] }));
    expect(ids()).toEqual(['c1']);
    conversations.revs();
    conversations.take(answer({ removed: ['c1'] }));
    expect([ids(), calls.filter((word) => word === 'gone c1').length]).toEqual([[], 2]);
  });

  it('take read marks from other devices, and from what was missed, forward only', () => {
    first();
    conversations.read('c1', 4);
    conversations.take(answer({ reads: { c1: 3 } }));
    expect(conversations.get('c1')).toMatchObject({ lastReadSeq: 4, unread: 1 });
    conversations.take(answer({ reads: { c1: 5 } }));
    expect(conversations.get('c1')).toMatchObject({ lastReadSeq: 5, unread: 0 });
  });

  it('take mutes from what was missed, though a mute makes no rev', () => {
    first();
    conversations.take(answer({ reads: { c1: 1 }, muted: ['c1'] }));
    expect(conversations.get('c1')).toMatchObject({ muted: true });
    conversations.take(answer({ reads: { c1: 1 } }));
    expect(conversations.get('c1')).toMatchObject({ muted: false });
  });

  it('stand in the order of their last messages', () => {
    first();
    conversations.take(answer({ conversations: [{ ...aConversation({ id: 'c0' }) }] }));
    expect(ids()).toEqual(['c1', 'c0']);
    conversations.receive('c0', {
      kind: 'message',
      rev: 2,
      message: aMessage(1, { rev: 2, conversationId: 'c0', createdAt: '2099-01-01T00:00:00.000Z' }),
    });
    expect(ids()).toEqual(['c0', 'c1']);
  });

  it('keep the list as it is when nothing changed', () => {
    first();
    const before = conversations.list.get();
    conversations.receive('c1', created(5, 9));
    conversations.take(answer({ reads: { c1: 1 } }));
    expect(conversations.list.get()).toBe(before);
  });

  it('are forgotten when another person begins', () => {
    first();
    conversations.begin('other');
    expect([ids(), conversations.isLoaded.get(), calls]).toEqual([[], false, ['hidden c1']]);
  });
});
