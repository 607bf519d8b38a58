import { maxQueuedBytes } from './socket-connection.ts';
import { Wire, wired } from './socket-connection.fixture.ts';
import { Stalls } from './stalls.ts';

const second = 1_000;

/** Looks at a connection each second; answers after how many it was cut, or null. */
function cutAfter(wire: Wire, seconds: number, eachSecond: (second: number) => void): number | null {
  const { connection } = wired({}, { wire });
  const cuts: number[] = [];
  let now = 1;
  const stalls = new Stalls(() => void cuts.push(now));
  for (; now <= seconds; now++) {
    eachSecond(now);
    stalls.look([connection], now * second);
    if (cuts.length > 0) break;
  }
  return cuts[0] ?? null;
}

test('a connection that takes nothing is cut after ten seconds with more than a megabyte waiting', () => {
  const wire = new Wire();
  wire.unread = maxQueuedBytes + 1;
  expect(cutAfter(wire, 30, () => undefined)).toBe(11);
});

test('a connection that takes a little each second is never cut, however much waits, and its pings are given time', () => {
  const wire = new Wire();
  wire.unread = 50 * maxQueuedBytes;
  expect(
    cutAfter(wire, 3_600, () => {
      wire.taken += 1_000;
      wire.unread -= 1_000;
    }),
  ).toBeNull();
  expect(wire.pingsPutOff).toBe(3_600);
});

test('more that waits is no progress', () => {
  const wire = new Wire();
  wire.unread = maxQueuedBytes + 1;
  expect(cutAfter(wire, 30, () => (wire.unread += 10_000))).toBe(11);
});

test('a pause is forgiven', () => {
  const wire = new Wire();
  wire.unread = maxQueuedBytes * 2;
  expect(cutAfter(wire, 300, (now) => (wire.taken += now % 9 === 0 ? 1 : 0))).toBeNull();
});

test('a program that answers pings and reads nothing is cut after a minute, however little waits', () => {
  const wire = new Wire();
  wire.unread = 10;
  expect(cutAfter(wire, 100, () => undefined)).toBe(61);
});

test('a quiet connection is left alone', () => {
  expect(cutAfter(new Wire(), 1_000, () => undefined)).toBeNull();
});

test('a client that polls is judged by its polls', () => {
  const idle = new Wire('polling');
  idle.writeBuffer = [{ data: 'x'.repeat(maxQueuedBytes + 1) }];
  expect(cutAfter(idle, 30, () => undefined)).toBe(11);
  const reading = new Wire('polling');
  expect(cutAfter(reading, 300, (now) => (reading.writeBuffer = [{ data: String(now).padEnd(maxQueuedBytes + 1) }]))).toBeNull();
});
