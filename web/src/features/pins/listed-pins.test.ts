import type { Message } from '../../shared/model.ts';
import { withPin } from './listed-pins.ts';

const message = (seq: number, more: Partial<Message> = {}) =>
  ({ id: `m${String(seq)}`, seq, pinned: true, deletedAt: null, ...more }) as Message;
const pins = [message(9), message(5)];
const seqsAfter = (changed: Message, isWhole = true) => withPin(pins, changed, { isWhole }).map(({ seq }) => seq);

describe('the list of pinned messages', () => {
  it('takes a message that is pinned, at its place', () => {
    expect(seqsAfter(message(7))).toEqual([9, 7, 5]);
    expect(seqsAfter(message(12))).toEqual([12, 9, 5]);
  });

  it('leaves one that is older than what was read to its page', () => {
    expect(seqsAfter(message(2), false)).toEqual([9, 5]);
    expect(seqsAfter(message(2))).toEqual([9, 5, 2]);
  });

  it('drops one that is unpinned or deleted, and stays the same array where nothing changes', () => {
    expect(seqsAfter(message(9, { pinned: false }))).toEqual([5]);
    expect(seqsAfter(message(5, { deletedAt: '2026-01-01T00:00:00.000Z' }), false)).toEqual([9]);
    expect(withPin(pins, message(7, { pinned: false }), { isWhole: true })).toBe(pins);
  });

  it('shows a listed message as it is now', () => {
    expect(withPin(pins, message(5, { text: 'after' }), { isWhole: false })[1]?.text).toBe('after');
  });
});
