import { jest } from '@jest/globals';
import { messageCreated } from '../../contracts/chat/messages.ts';
import { userUpdated } from '../../contracts/auth/accounts.ts';
import { newId } from '../../kernel/ids.ts';
import { emitToClients } from './audience.ts';
import { FanOut } from './fan-out.ts';
import { behindBytes, type SocketConnection, maxTurnBytes } from './socket-connection.ts';
import { Wire, wired, type Wired } from './socket-connection.fixture.ts';
import { conversationRoom, Rooms, userRoom } from './rooms.ts';

let rooms: Rooms;
let fanOut: FanOut;
let behind: SocketConnection[];

beforeEach(() => {
  rooms = new Rooms();
  behind = [];
  fanOut = new FanOut(rooms, (connection) => void behind.push(connection));
});

function inRoom(room: string, one: Wired = wired()): Wired {
  rooms.enter(one.connection);
  rooms.join(one.connection, room);
  return one;
}

const noGuests = { knowing: () => [] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what one turn sends to a room goes to each member in one write, in order', async () => {
  const [ana, boris] = [inRoom('r'), inRoom('r')];
  for (const packet of ['one', 'two', 'three']) fanOut.toRoom('r', packet);
  expect(ana.wire.sent).toEqual([]);
  await turn();
  for (const { wire } of [ana, boris]) expect([wire.sent, wire.directWrites]).toEqual([['one', 'two', 'three'], 1]);
  expect(fanOut.delivered).toBe(6);
});

test('a room without members costs nothing, and strangers receive nothing', async () => {
  const stranger = inRoom('other');
  fanOut.toRoom('r', 'one');
  fanOut.toRoom('r2', 'one');
  await turn();
  expect([stranger.wire.sent, fanOut.delivered]).toEqual([[], 0]);
});

test('an ack leaves before the event of the same turn, and every turn after the one before it', async () => {
  const { connection, wire } = inRoom('r');
  fanOut.toRoom('r', 'event 1');
  fanOut.toConnection(connection, 'ack 1');
  await turn();
  fanOut.toConnection(connection, 'ack 2');
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
  const receivedBy = ({ wire }: Wired) => [wire.sent, wire.directWrites];

  test('rests when it is large, and what comes meanwhile goes out together', () => {
    const [ana] = filled(200) as [Wired];
    say('one');
    say('two', 2);
    say('three', 2);
    expect(receivedBy(ana)).toEqual([['one'], 1]);
    jest.advanceTimersByTime(2);
    expect(receivedBy(ana)).toEqual([['one', 'two', 'three'], 2]);
    say('four', 30);
    say('five');
    expect(receivedBy(ana)).toEqual([['one', 'two', 'three', 'four', 'five'], 4]);
  });

  test('rests as long when half of it is at another gateway', () => {
    const [ana] = filled(100) as [Wired];
    fanOut.gatewayCount = 2;
    say('one');
    say('two', 4);
    expect(receivedBy(ana)).toEqual([['one'], 1]);
    jest.advanceTimersByTime(2);
    expect(receivedBy(ana)).toEqual([['one', 'two'], 2]);
  });

  test('rests longer after a write of many packets', () => {
    const [ana] = filled(200) as [Wired];
    for (let number = 0; number < 8; number++) fanOut.toRoom('r', 'many');
    jest.advanceTimersByTime(0);
    say('late', 7);
    expect(receivedBy(ana)).toEqual([Array<string>(8).fill('many'), 1]);
    jest.advanceTimersByTime(2);
    expect(receivedBy(ana)).toEqual([[...Array<string>(8).fill('many'), 'late'], 2]);
  });

  test('does not rest when it is small', () => {
    const [ana] = filled(20) as [Wired];
    for (const packet of ['one', 'two', 'three']) say(packet);
    expect(receivedBy(ana)).toEqual([['one', 'two', 'three'], 3]);
  });

  test('lets acks and other rooms pass while it rests', () => {
    const [ana] = filled(200) as [Wired];
    const boris = inRoom('small');
    for (const packet of ['one', 'two']) say(packet);
    fanOut.toConnection(ana.connection, 'ack');
    fanOut.toRoom('small', 'event');
    jest.advanceTimersByTime(0);
    expect([ana.wire.sent, boris.wire.sent]).toEqual([['one', 'ack'], ['event']]);
  });

  test('gives out what it holds before its audience changes', () => {
    const [ana, boris] = filled(200) as [Wired, Wired];
    for (const packet of ['one', 'two']) say(packet);
    fanOut.flush();
    rooms.leaveAll(ana.connection);
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
    ['a queue that is not empty', (wire) => wire.writeBuffer.push({ data: 'before' })],
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
    const { connection, wire } = inRoom('r', wired({}, { isOpen: false }));
    fanOut.toRoom('r', 'one');
    await turn();
    expect(wire.sent).toEqual([]);
    connection.open();
    fanOut.toRoom('r', 'two');
    await turn();
    expect(wire.sent).toEqual(['one', 'two']);
  });

  test('a connection that is closed gets nothing', async () => {
    const { wire } = inRoom('r');
    wire.readyState = 'closing';
    fanOut.toRoom('r', 'one');
    await turn();
    expect([wire.sent, behind]).toEqual([[], []]);
  });
});

describe('a client for which much is waiting', () => {
  const lunch = newId();
  const lunchRoom = conversationRoom(lunch);

  test('gets no events of conversations, and all the rest, while others get everything', async () => {
    const [slow, ana] = [inRoom(lunchRoom), inRoom(lunchRoom)];
    slow.wire.unread = behindBytes + 1;
    fanOut.toRoom(lunchRoom, 'event');
    fanOut.toRoom(userRoom(slow.connection.actor.userId), 'own');
    fanOut.toConnection(slow.connection, 'ack');
    await turn();
    expect([slow.wire.sent, [...(slow.connection.missed ?? [])]]).toEqual([['ack', 'own'], [lunch]]);
    expect([ana.wire.sent, ana.connection.missed, behind]).toEqual([['event'], null, [slow.connection]]);
  });

  test('gets none of a conversation it lacks an event of until it was given its head', async () => {
    const { connection, wire } = inRoom(lunchRoom);
    const other = conversationRoom(newId());
    rooms.join(connection, other);
    wire.unread = behindBytes + 1;
    fanOut.toRoom(lunchRoom, 'one');
    await turn();
    wire.unread = 0;
    fanOut.toRoom(lunchRoom, 'two');
    fanOut.toRoom(other, 'three');
    await turn();
    expect(wire.sent).toEqual(['three']);
    connection.missed = null;
    fanOut.toRoom(lunchRoom, 'four');
    await turn();
    expect(wire.sent).toEqual(['three', 'four']);
  });

  test('is behind as well when it polls, and when its handshake is not done', async () => {
    const polling = inRoom(lunchRoom, wired({}, { wire: new Wire('polling') }));
    const arriving = inRoom(lunchRoom, wired({}, { isOpen: false }));
    for (let n = 0; n < 100; n++) fanOut.toRoom(lunchRoom, 'x'.repeat(65_536));
    await turn();
    expect(polling.wire.sent.length).toBeLessThan(20);
    arriving.connection.open();
    expect(arriving.wire.sent.length).toBeLessThan(20);
    expect([polling, arriving].map(({ connection }) => connection.missed)).toEqual([new Set([lunch]), new Set([lunch])]);
  });

  test('that polls and reads is never behind for all it ever read', async () => {
    const { wire, connection } = inRoom(lunchRoom, wired({}, { wire: new Wire('polling') }));
    for (let n = 0; n < 40; n++) {
      fanOut.toRoom(lunchRoom, 'x'.repeat(65_536));
      await turn();
      wire.writeBuffer = [];
    }
    expect([connection.missed, wire.sent.length]).toEqual([null, 40]);
  });
});

describe('what comes to much in one turn', () => {
  const lunch = newId();

  test('is given up to a bound, in order, and then by its head', async () => {
    const { connection, wire } = inRoom(conversationRoom(lunch));
    const packets = Array.from({ length: 100 }, (_, n) => String(n).padEnd(16_000, '語'));
    for (const packet of packets) fanOut.toRoom(conversationRoom(lunch), packet);
    await turn();
    expect(wire.sent).toEqual(packets.slice(0, wire.sent.length));
    expect(Buffer.byteLength(wire.sent.join(''))).toBeLessThanOrEqual(maxTurnBytes);
    expect([wire.sent.length > 0, connection.missed]).toEqual([true, new Set([lunch])]);
  });

  test('is given whole where it is one packet', async () => {
    const { connection, wire } = inRoom(conversationRoom(lunch));
    const huge = 'x'.repeat(2 * maxTurnBytes);
    fanOut.toRoom(conversationRoom(lunch), huge);
    await turn();
    expect([wire.sent, connection.missed]).toEqual([[huge], null]);
  });
});

describe('an event reaches', () => {
  const message = { id: newId(), conversationId: newId() };

  test('the members of its conversation', async () => {
    const [ana, stranger] = [inRoom(conversationRoom(message.conversationId)), inRoom('other')];
    emitToClients(messageCreated, { message }, { fanOut, rooms, guests: noGuests });
    await turn();
    expect(ana.wire.sent).toEqual([`2${JSON.stringify(['message:created', { message }])}`]);
    expect(stranger.wire.sent).toEqual([]);
  });

  test('everyone, where it is everyone’s, and of guests those who may know the person', async () => {
    const [ana, gus, ida] = [inRoom('r'), inRoom('r2', wired({ role: 'guest' })), inRoom('r3', wired({ role: 'guest' }))];
    emitToClients(userUpdated, { user: { id: 'u' } }, { fanOut, rooms, guests: { knowing: () => [gus.connection.actor.userId] } });
    await turn();
    for (const { wire } of [ana, gus]) expect(wire.sent).toEqual(['2["user:updated",{"user":{"id":"u"}}]']);
    expect(ida.wire.sent).toEqual([]);
  });
});
