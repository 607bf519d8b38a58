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
  const { link } = wired({ userId });
  rooms.enter(link);
  return link;
}

const move = (as: 'member' | 'stranger', ...links: SocketConnection[]): void => {
  rooms.move({ userIds: links.map(({ actor }) => actor.userId), conversationId: lunch, as });
};
const isIn = (link: SocketConnection, room = conversationRoom(lunch)): boolean => rooms.in(room).has(link);

test('a device is in the rooms of its person and of everyone, until it leaves all', () => {
  const link = enters();
  rooms.settle(link, [lunch]);
  expect([...link.rooms]).toEqual([userRoom(link.actor.userId), everyoneRoom, conversationRoom(lunch)]);
  expect(rooms.conversationIds()).toEqual([lunch]);
  rooms.leaveAll(link);
  expect([link.rooms.size, rooms.connections.size, rooms.conversationIds(), rooms.in(everyoneRoom).size]).toEqual([0, 0, [], 0]);
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
    const link = enters();
    move('stranger', link);
    rooms.settle(link, [lunch]);
    expect(isIn(link)).toBe(false);
  });

  test('a conversation it wins is kept although it was not read', () => {
    const link = enters();
    move('member', link);
    rooms.settle(link, []);
    expect(isIn(link)).toBe(true);
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
    const link = enters();
    rooms.leaveAll(link);
    rooms.settle(link, [lunch]);
    rooms.watch(link, [newId()]);
    expect([link.rooms.size, rooms.conversationIds()]).toEqual([0, []]);
  });
});

test('a device that watches others stops watching those before', () => {
  const link = enters();
  const [ana, boris] = [newId(), newId()];
  rooms.watch(link, [ana]);
  rooms.watch(link, [boris]);
  expect([isIn(link, watchRoom(ana)), isIn(link, watchRoom(boris)), isIn(link, everyoneRoom)]).toEqual([false, true, true]);
});

test('a device that is gone watches nobody, although its answer comes late', () => {
  const link = enters();
  const ana = newId();
  rooms.leaveAll(link);
  rooms.watch(link, [ana]);
  expect(rooms.in(watchRoom(ana)).size).toBe(0);
});
