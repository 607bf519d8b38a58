import { jest } from '@jest/globals';
import { FrameGuard } from './frame-guard.ts';
import type { EngineConnection } from './socket-connection.ts';
import { Wire } from './socket-connection.fixture.ts';

let closed: unknown[];
let guard: FrameGuard;

beforeEach(() => {
  jest.useFakeTimers();
  closed = [];
  guard = new FrameGuard((connection) => void closed.push(connection));
});
afterEach(() => {
  jest.useRealTimers();
});

function guarded() {
  const wire = new Wire();
  let taken = 0;
  wire.transport.onPacket = () => {
    taken++;
  };
  guard.attach(wire as unknown as EngineConnection);
  const send = (frames: number, packet = { type: 'message', data: 'x' }): number => {
    const before = taken;
    for (let n = 0; n < frames; n++) (wire.transport.onPacket as (packet: unknown) => void)(packet);
    return taken - before;
  };
  return { wire, send };
}

test('a client that sends no more than its budget is let through for ever', () => {
  const { wire, send } = guarded();
  for (let n = 0; n < 600; n++) {
    expect(send(50)).toBe(50);
    jest.advanceTimersByTime(100);
  }
  expect([closed, wire.reason]).toEqual([[], null]);
});

test.each(['message', 'ping', 'pong', 'error', 'noop'])(
  'a flood of %s packets is closed with a reason, and ended whatever the client does',
  (type) => {
    const { wire, send } = guarded();
    expect(send(5_000, { type, data: '' })).toBe(2_000);
    expect([closed.length, wire.reason, wire.isTerminated]).toEqual([1, 'too many frames', false]);
    jest.advanceTimersByTime(600);
    expect(wire.isTerminated).toBe(true);
  },
);

test('one connection does not pay for another', () => {
  const [one, other] = [guarded(), guarded()];
  one.send(5_000);
  expect(other.send(100)).toBe(100);
});
