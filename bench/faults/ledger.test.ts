import { Ledger } from './ledger.ts';

const send = { clientMessageId: 'c1', conversationId: 'room', senderId: 'ana', text: 'hello' };

describe('the ledger', () => {
  it('promises nothing before an ack', () => {
    const ledger = new Ledger();
    ledger.sending(send);
    ledger.unanswered('room');
    expect([ledger.ackedSends, ledger.revs.length, ledger.texts.size]).toEqual([0, 0, 0]);
    expect(ledger.unknown.get('room')).toBe(1);
  });

  it('keeps every receipt of a send, and counts the send once', () => {
    const ledger = new Ledger();
    const sent = ledger.sending(send);
    ledger.acked(sent, { id: 'm1', seq: 1, rev: 1 });
    ledger.acked(sent, { id: 'm1', seq: 1, rev: 2 });
    expect(ledger.ackedSends).toBe(1);
    expect(sent.receipts).toHaveLength(2);
  });

  it('does not let a late repeat of a send hide an acked edit', () => {
    const ledger = new Ledger();
    const sent = ledger.sending(send);
    ledger.acked(sent, { id: 'm1', seq: 1, rev: 1 });
    ledger.texts.set('m1', 'edited');
    ledger.acked(sent, { id: 'm1', seq: 1, rev: 2 });
    expect(ledger.texts.get('m1')).toBe('edited');
  });

  it('remembers the furthest read mark only', () => {
    const ledger = new Ledger();
    ledger.read('room', 'ana', 5);
    ledger.read('room', 'ana', 3);
    expect(ledger.reads.get('room ana')).toBe(5);
  });
});
