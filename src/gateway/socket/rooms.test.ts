import { newId } from '../../kernel/ids.ts';
import type { SocketConnection } from './socket-connection.ts';
import { wired } from './socket-connection.fixture.ts';
import { conversationRoom, everyoneRoom, Rooms, userRoom, watchRoom } from './rooms.ts';

let rooms: Rooms;
const lunch = newId();

beforeEach(() => {
  rooms = new Rooms();
});

function enters(userId = newId()): SocketConnection {
  const { connection } = wired({ userId });
  rooms.enter(connection);
  return connection;
}

const move = (as: 'member' | 'stranger', ...connections: SocketConnection[]): void => {
  rooms.move({ userIds: connections.map(({ actor }) => actor.userId), conversationId: lunch, as });
};
const isIn = (connection: SocketConnection, room = conversationRoom(lunch)): boolean => rooms.in(room).has(connection);

test('a device is in the rooms of its person and of everyone, until it leaves all', () => {
  const connection = enters();
  rooms.settle(connection, [lunch]);
  expect([...connection.rooms]).toEqual([userRoom(connection.actor.userId), everyoneRoom, conversationRoom(lunch)]);
  expect(rooms.conversationIds()).toEqual([lunch]);
  rooms.leaveAll(connection);
  expect([connection.rooms.size, rooms.connections.size, rooms.conversationIds(), rooms.in(everyoneRoom).size]).toEqual([0, 0, [], 0]);
});

test('every device of a person moves', () => {
  const userId = newId();
  const [phone, laptop] = [enters(userId), enters(userId)];
  rooms.settle(phone, []);
  rooms.settle(laptop, []);
  move('member', phone);
  expect([isIn(phone), isIn(laptop)]).toEqual([true, true]);
  move('stranger', phone);
  expect([isIn(phone), isIn(laptop)]).toEqual([false, false]);
});

describe('while the rooms of a device are still being read', () => {
  test('a conversation it loses is not joined by what was read before', () => {
    const connection = enters();
    move('stranger', connection);
    rooms.settle(connection, [lunch]);
    expect(isIn(connection)).toBe(false);
  });

  test('a conversation it wins is kept although it was not read', () => {
    const connection = enters();
    move('member', connection);
    rooms.settle(connection, []);
    expect(isIn(connection)).toBe(true);
  });

  test('the last word counts', () => {
    const [back, gone] = [enters(), enters()];
    move('stranger', back);
    move('member', back);
    move('member', gone);
    move('stranger', gone);
    rooms.settle(back, [lunch]);
    rooms.settle(gone, [lunch]);
    expect([isIn(back), isIn(gone)]).toEqual([true, false]);
  });

  test('a device that leaves meanwhile is in no room afterwards', () => {
    const connection = enters();
    rooms.leaveAll(connection);
    rooms.settle(connection, [lunch]);
    rooms.watch(connection, [newId()]);
    expect([connection.rooms.size, rooms.conversationIds()]).toEqual([0, []]);
  });
});

test('a device that watches others stops watching those before', () => {
  const connection = enters();
  const [ana, boris] = [newId(), newId()];
  rooms.watch(connection, [ana]);
  rooms.watch(connection, [boris]);
  expect([isIn(connection, watchRoom(ana)), isIn(connection, watchRoom(boris)), isIn(connection, everyoneRoom)]).toEqual([
    false,
    true,
    true,
  ]);
});

test('a device that is gone watches nobody, although its answer comes late', () => {
  const connection = enters();
  const ana = newId();
  rooms.leaveAll(connection);
  rooms.watch(connection, [ana]);
  expect(rooms.in(watchRoom(ana)).size).toBe(0);
});
