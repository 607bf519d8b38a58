import { jest } from '@jest/globals';
import { messageCreated } from '../../contracts/chat/events.ts';
import { userUpdated } from '../../contracts/auth/events.ts';
import { newId } from '../../kernel/ids.ts';
import { announce } from './audience.ts';
import { FanOut } from './fan-out.ts';
import { type Link, maxQueuedBytes } from './link.ts';
import { Wire, wired, type Wired } from './link-bench.ts';
import { conversationRoom, Rooms } from './rooms.ts';

let rooms: Rooms;
let fanOut: FanOut;
let slow: Link[];

beforeEach(() => {
  rooms = new Rooms();
  slow = [];
  fanOut = new FanOut(rooms, (link) => {
    slow.push(link);
    link.cut();
  });
});

function inRoom(room: string, one: Wired = wired()): Wired {
  rooms.enter(one.link);
  rooms.join(one.link, room);
  return one;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what one turn sends to a room goes to each member in one write, in order', async () => {
  const [ana, boris] = [inRoom('r'), inRoom('r')];
  for (const packet of ['one', 'two', 'three']) fanOut.toRoom('r', packet);
  expect(ana.wire.sent).toEqual([]);
  await turn();
  for (const { wire } of [ana, boris]) expect([wire.sent, wire.directWrites]).toEqual([['one', 'two', 'three'], 1]);
  expect(fanOut.delivered).toBe(6);
});

test('a room without members costs nothing, and strangers hear nothing', async () => {
  const stranger = inRoom('other');
  fanOut.toRoom('r', 'one');
  fanOut.toRoom('r2', 'one');
  await turn();
  expect([stranger.wire.sent, fanOut.delivered]).toEqual([[], 0]);
});

test('an ack leaves before the event of the same turn, and every turn after the one before it', async () => {
  const { link, wire } = inRoom('r');
  fanOut.toRoom('r', 'event 1');
  fanOut.toLink(link, 'ack 1');
  await turn();
  fanOut.toLink(link, 'ack 2');
  fanOut.toRoom('r', 'event 2');
  await turn();
  expect(wire.sent).toEqual(['ack 1', 'event 1', 'ack 2', 'event 2']);
});

test('packets of any size come out as they went in', async () => {
  const { wire } = inRoom('r');
  const packets = ['', 'я'.repeat(5_000), 'x'.repeat(70_000), '👋'];
  for (const packet of packets) fanOut.toRoom('r', packet);
  fanOut.toRoom('r2', 'y');
  await turn();
  expect(wire.sent).toEqual(packets);
});

describe('a room that is written to', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const filled = (members: number): Wired[] => Array.from({ length: members }, () => inRoom('r'));
  const say = (packet: string, waitMs = 0): void => {
    fanOut.toRoom('r', packet);
    jest.advanceTimersByTime(waitMs);
  };
  const heardBy = ({ wire }: Wired) => [wire.sent, wire.directWrites];

  test('rests when it is large, and what comes meanwhile goes out together', () => {
    const [ana] = filled(200) as [Wired];
    say('one');
    say('two', 3);
    say('three', 3);
    expect(heardBy(ana)).toEqual([['one'], 1]);
    jest.advanceTimersByTime(3);
    expect(heardBy(ana)).toEqual([['one', 'two', 'three'], 2]);
    say('four', 30);
    say('five');
    expect(heardBy(ana)).toEqual([['one', 'two', 'three', 'four', 'five'], 4]);
  });

  test('rests as long when half of it is at another door', () => {
    const [ana] = filled(100) as [Wired];
    fanOut.doorCount = 2;
    say('one');
    say('two', 7);
    expect(heardBy(ana)).toEqual([['one'], 1]);
    jest.advanceTimersByTime(2);
    expect(heardBy(ana)).toEqual([['one', 'two'], 2]);
  });

  test('does not rest when it is small', () => {
    const [ana] = filled(20) as [Wired];
    for (const packet of ['one', 'two', 'three']) say(packet);
    expect(heardBy(ana)).toEqual([['one', 'two', 'three'], 3]);
  });

  test('lets acks and other rooms pass while it rests', () => {
    const [ana] = filled(200) as [Wired];
    const boris = inRoom('small');
    for (const packet of ['one', 'two']) say(packet);
    fanOut.toLink(ana.link, 'ack');
    fanOut.toRoom('small', 'event');
    jest.advanceTimersByTime(0);
    expect([ana.wire.sent, boris.wire.sent]).toEqual([['one', 'ack'], ['event']]);
  });

  test('gives out what it holds before its audience changes', () => {
    const [ana, boris] = filled(200) as [Wired, Wired];
    for (const packet of ['one', 'two']) say(packet);
    fanOut.flush();
    rooms.leaveAll(ana.link);
    say('three', 30);
    expect([ana.wire.sent, boris.wire.sent]).toEqual([
      ['one', 'two'],
      ['one', 'two', 'three'],
    ]);
  });
});

describe('what waits before it is kept in order', () => {
  test.each<[string, (wire: Wire) => void]>([
    ['a connection that upgrades', (wire) => (wire.upgrading = true)],
    ['a transport that is writing', (wire) => (wire.transport.writable = false)],
    ['a queue that is not empty', (wire) => wire.writeBuffer.push('before')],
  ])('%s gets its packets by the ordinary way', async (_what, busy) => {
    const { wire } = inRoom('r');
    busy(wire);
    fanOut.toRoom('r', 'one');
    fanOut.toRoom('r', 'two');
    await turn();
    expect([wire.sent, wire.directWrites]).toEqual([['one', 'two'], 0]);
  });

  test('a client that polls gets ordinary packets', async () => {
    const { wire } = inRoom('r', wired({}, { wire: new Wire('polling') }));
    fanOut.toRoom('r', 'one');
    await turn();
    expect([wire.sent, wire.directWrites]).toEqual([['one'], 0]);
  });

  test('what came during the handshake goes out when it is done, before what comes after', async () => {
    const { link, wire } = inRoom('r', wired({}, { isOpen: false }));
    fanOut.toRoom('r', 'one');
    await turn();
    expect(wire.sent).toEqual([]);
    link.open();
    fanOut.toRoom('r', 'two');
    await turn();
    expect(wire.sent).toEqual(['one', 'two']);
  });

  test('a connection that is closed gets nothing', async () => {
    const { wire } = inRoom('r');
    wire.readyState = 'closing';
    fanOut.toRoom('r', 'one');
    await turn();
    expect([wire.sent, slow]).toEqual([[], []]);
  });
});

describe('a client that does not read', () => {
  test('is cut past a megabyte, alone and once', async () => {
    const [lazy, ana] = [inRoom('r'), inRoom('r')];
    lazy.wire.unread = maxQueuedBytes;
    fanOut.toRoom('r', 'one');
    await turn();
    expect(slow).toEqual([]);
    lazy.wire.unread = maxQueuedBytes + 1;
    fanOut.toRoom('r', 'two');
    await turn();
    fanOut.toRoom('r', 'three');
    await turn();
    expect([slow, lazy.wire.isTerminated]).toEqual([[lazy.link], true]);
    expect(lazy.wire.sent).toEqual(['one', 'two']);
    expect(ana.wire.sent).toEqual(['one', 'two', 'three']);
  });

  test('is cut past a megabyte when it polls, too', async () => {
    const lazy = inRoom('r', wired({}, { wire: new Wire('polling') }));
    for (let n = 0; n < 17; n++) fanOut.toRoom('r', 'x'.repeat(65_536));
    await turn();
    expect([slow, lazy.wire.isClosed]).toEqual([[lazy.link], true]);
  });

  test('that polls and reads is not cut for all it ever read', async () => {
    const { wire } = inRoom('r', wired({}, { wire: new Wire('polling') }));
    for (let n = 0; n < 40; n++) {
      fanOut.toRoom('r', 'x'.repeat(65_536));
      await turn();
      wire.writeBuffer = [];
    }
    expect([slow, wire.sent.length]).toEqual([[], 40]);
  });
});

describe('an event reaches', () => {
  const message = { id: newId(), conversationId: newId() };

  test('the members of its conversation', async () => {
    const [ana, stranger] = [inRoom(conversationRoom(message.conversationId)), inRoom('other')];
    announce(messageCreated, { message }, fanOut);
    await turn();
    expect(ana.wire.sent).toEqual([`2${JSON.stringify(['message:created', { message }])}`]);
    expect(stranger.wire.sent).toEqual([]);
  });

  test('everyone, where it is everyone’s', async () => {
    const [ana, boris] = [inRoom('r'), inRoom('r2')];
    announce(userUpdated, { user: { id: 'u' } }, fanOut);
    await turn();
    for (const { wire } of [ana, boris]) expect(wire.sent).toEqual(['2["user:updated",{"user":{"id":"u"}}]']);
  });
});
