import { newId } from '../../kernel/ids.ts';
import { Receipts, topicOf } from './receipts.ts';

const receipts = new Receipts('a secret of the team that is long enough');

test('a receipt names its event and device, and no other one is taken', () => {
  const [eventId, deviceId] = [newId(), newId()];
  const receipt = receipts.of(eventId, deviceId);
  expect(receipts.read(receipt)).toEqual({ eventId, deviceId });
  expect(receipts.read(receipt.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')))).toBeNull();
  expect(receipts.read(new Receipts('another secret that is long enough too').of(eventId, deviceId))).toBeNull();
  expect(receipts.read('')).toBeNull();
});

test('a token of a mail names its person, and is no receipt', () => {
  const userId = newId();
  expect(receipts.unsubscribed(receipts.unsubscribing(userId))).toBe(userId);
  expect(receipts.unsubscribed(receipts.of(userId, newId()))).toBeNull();
  expect(receipts.unsubscribed('no token')).toBeNull();
});

test('a topic fits what push services take', () => {
  expect(topicOf(newId(), newId())).toMatch(/^[\w-]{22}$/);
});
