import { check, totalOf, type Truth } from './checker.ts';
import { Ledger, reactionKey } from './ledger.ts';
import { Mirror } from './mirror.ts';
import type { SeenMessage } from './wire-shapes.ts';

const ana = 'ana';
const room = 'room';

/** A world in which every promise was kept, for tests to break: six messages, acked, mirrored, read up to the third. */
function soundWorld(kind: Truth['kind'] = 'plain') {
  const history = [1, 2, 3, 4, 5, 6].map(messageAt);
  const ledger = new Ledger();
  for (const { id, seq, rev, text } of history) {
    const sent = ledger.sending({ clientMessageId: `c${String(seq)}`, conversationId: room, senderId: ana, text });
    ledger.acked(sent, { id, seq, rev });
  }
  ledger.read(room, ana, 3);
  const mirror = new Mirror([room]);
  mirror.connected();
  mirror.synced({ removed: [], changes: {} });
  for (const message of history) mirror.receive({ name: 'message:created', conversationId: room, rev: message.rev, message });
  const truth: Truth = { conversationId: room, kind, lastSeq: 6, rev: 6, history, reads: { [ana]: { lastReadSeq: 3, unread: 3 } } };
  return { ledger, mirror, truth };
}

function messageAt(seq: number): SeenMessage {
  return {
    id: `m${String(seq)}`,
    conversationId: room,
    seq,
    rev: seq,
    clientMessageId: `c${String(seq)}`,
    senderId: ana,
    kind: 'text',
    text: `text ${String(seq)}`,
    reactions: [],
    deletedAt: null,
  };
}

const withHistory = (truth: Truth, history: readonly SeenMessage[]): Truth => ({ ...truth, history });
const but = (truth: Truth, seq: number, change: Partial<SeenMessage>): Truth =>
  withHistory(
    truth,
    truth.history.map((message) => (message.seq === seq ? { ...message, ...change } : message)),
  );

describe('the checker', () => {
  it.each(['plain', 'mixed'] as const)('finds nothing where every promise was kept (%s)', (kind) => {
    const { ledger, mirror, truth } = soundWorld(kind);
    expect(totalOf(check(ledger, [truth], [mirror]))).toBe(0);
  });

  it('finds an acked message that is gone, even when the others closed up behind it', () => {
    const { ledger, truth } = soundWorld();
    const history = truth.history.slice(0, 5);
    const { seq } = check(ledger, [{ ...truth, history, lastSeq: 5, rev: 5, reads: {} }], []);
    expect(seq).toEqual({ lost: 1, duplicated: 0, gaps: 0, reordered: 0 });
  });

  it('does not call lost what was never acked', () => {
    const { ledger, mirror, truth } = soundWorld();
    ledger.sending({ clientMessageId: 'c7', conversationId: room, senderId: ana, text: 'unanswered' });
    expect(totalOf(check(ledger, [truth], [mirror]))).toBe(0);
  });

  it('finds one message stored twice', () => {
    const { ledger, truth } = soundWorld();
    const twin = { ...messageAt(7), clientMessageId: 'c2' };
    const { seq } = check(ledger, [{ ...withHistory(truth, [...truth.history, twin]), lastSeq: 7, rev: 7 }], []);
    expect(seq).toMatchObject({ duplicated: 1, gaps: 0 });
  });

  it('finds two messages on one seq', () => {
    const { ledger, truth } = soundWorld();
    const { seq } = check(ledger, [but(truth, 4, { seq: 3 })], []);
    expect(seq).toMatchObject({ duplicated: 1, gaps: 1 });
  });

  it('finds a repeat that was answered with another message', () => {
    const { ledger, truth } = soundWorld();
    ledger.acked(ledger.sends.get('c2')!, { id: 'another', seq: 2, rev: 2 });
    expect(check(ledger, [truth], []).seq).toMatchObject({ duplicated: 1, reordered: 1 });
  });

  it('finds a hole in the seqs and, in a conversation that only gets messages, in the revs', () => {
    const { ledger, truth } = soundWorld();
    ledger.sends.delete('c3');
    const findings = check(
      ledger,
      [
        withHistory(
          truth,
          truth.history.filter(({ seq }) => seq !== 3),
        ),
      ],
      [],
    );
    expect(findings.seq).toEqual({ lost: 0, duplicated: 0, gaps: 1, reordered: 0 });
    expect(findings.rev.gaps).toBe(1);
  });

  it('finds a last seq that the history does not reach', () => {
    const { ledger, truth } = soundWorld();
    expect(check(ledger, [{ ...truth, lastSeq: 8 }], []).seq.gaps).toBe(2);
  });

  it('finds a message at another place than its ack said', () => {
    const { ledger, truth } = soundWorld();
    const swapped = truth.history.map((message) =>
      message.seq === 2 ? { ...message, ...identity(5) } : message.seq === 5 ? { ...message, ...identity(2) } : message,
    );
    expect(check(ledger, [withHistory(truth, swapped)], []).seq).toMatchObject({ lost: 0, reordered: 2 });
  });

  it('finds pages that are out of order', () => {
    const { ledger, truth } = soundWorld();
    expect(check(ledger, [withHistory(truth, truth.history.toReversed())], []).seq.reordered).toBe(5);
  });

  it('finds a rev that went back', () => {
    const { ledger, truth } = soundWorld();
    ledger.changed({ conversationId: room, messageId: 'm2', rev: 9 });
    expect(check(ledger, [truth], []).rev.lost).toBe(1);
  });

  it('finds one rev made by two changes', () => {
    const { ledger, truth } = soundWorld('mixed');
    ledger.changed({ conversationId: room, messageId: 'm1', rev: 6 });
    expect(check(ledger, [truth], []).rev.duplicated).toBe(1);
  });

  it('finds a rev that nobody made, unless an attempt without an answer may have', () => {
    const { ledger, truth } = soundWorld('mixed');
    const ahead = { ...truth, rev: 7 };
    expect(check(ledger, [ahead], []).rev.gaps).toBe(1);
    ledger.unanswered(room);
    expect(check(ledger, [ahead], []).rev.gaps).toBe(0);
  });

  it('finds creations whose revs do not rise with their seqs', () => {
    const { ledger, truth } = soundWorld('mixed');
    ledger.sends.get('c4')!.receipts[0] = { id: 'm4', seq: 4, rev: 2 };
    expect(check(ledger, [truth], []).rev.reordered).toBe(1);
  });

  it('finds an acked edit, deletion, reaction or read mark that is not there', () => {
    const { ledger, truth } = soundWorld('mixed');
    ledger.texts.set('m1', 'edited');
    ledger.deleted.add('m2');
    ledger.reactions.set(reactionKey('m3', '👍', ana), true);
    ledger.read(room, ana, 5);
    expect(check(ledger, [truth], []).state).toEqual({ texts: 1, deletions: 1, reactions: 1, reads: 1 });
  });

  it('finds a reaction that was taken back and stands', () => {
    const { ledger, truth } = soundWorld('mixed');
    ledger.reactions.set(reactionKey('m3', '👍', ana), false);
    expect(check(ledger, [but(truth, 3, { reactions: [{ emoji: '👍', userIds: [ana] }] })], []).state.reactions).toBe(1);
  });

  it('finds an unread count that is not the recount', () => {
    const { ledger, truth } = soundWorld();
    expect(check(ledger, [{ ...truth, reads: { [ana]: { lastReadSeq: 3, unread: 4 } } }], []).state.reads).toBe(1);
  });

  it('finds a watcher who missed a message, holds another text or shows one that is nowhere', () => {
    const { ledger, mirror, truth } = soundWorld();
    mirror.messages.delete('m1');
    mirror.messages.set('m2', { ...messageAt(2), text: 'another' });
    mirror.messages.set('ghost', { ...messageAt(7), id: 'ghost' });
    expect(check(ledger, [truth], [mirror]).mirrors.differing).toBe(3);
  });

  it('finds a watcher who stopped short of the last rev', () => {
    const { ledger, mirror, truth } = soundWorld();
    mirror.known.set(room, 5);
    expect(check(ledger, [truth], [mirror]).mirrors.differing).toBe(1);
  });

  it('finds a message that was shown before it was durable', () => {
    const { ledger, mirror, truth } = soundWorld();
    const message = { ...messageAt(7), id: 'shown' };
    mirror.receive({ name: 'message:created', conversationId: room, rev: 7, message });
    expect(check(ledger, [truth], [mirror]).mirrors.phantoms).toBe(1);
  });
});

function identity(seq: number): Pick<SeenMessage, 'id' | 'clientMessageId' | 'text'> {
  const { id, clientMessageId, text } = messageAt(seq);
  return { id, clientMessageId, text };
}
