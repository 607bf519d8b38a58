import { Behind } from './behind.ts';
import { FanOut } from './fan-out.ts';
import { Heads } from './heads.ts';
import { behindBytes } from './socket-connection.ts';
import { wired } from './socket-connection.fixture.ts';
import { Rooms } from './rooms.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function set() {
  const rooms = new Rooms();
  const fanOut = new FanOut(rooms, () => undefined);
  const heads = new Heads({ bus: { call: () => Promise.reject(new Error('not asked')) } as never, rooms, fanOut });
  return { heads, behind: new Behind(heads, fanOut), ...wired() };
}

test('a connection that has read most of what waited gets the heads of what it lacks, once', async () => {
  const { heads, behind, connection, wire } = set();
  heads.published('a', 7);
  heads.published('b', 9);
  connection.missed = new Set(['a']);
  wire.unread = behindBytes;
  behind.add(connection);
  behind.look();
  await turn();
  expect(wire.sent).toEqual([]);
  heads.published('a', 8);
  wire.unread = 0;
  behind.look();
  behind.look();
  await turn();
  expect(wire.sent).toEqual(['2["conversation:heads",{"heads":{"a":8}}]']);
  expect([connection.missed, behind.count]).toEqual([null, 0]);
  behind.close();
});

test('a connection that was closed meanwhile is forgotten', async () => {
  const { heads, behind, connection, wire } = set();
  heads.published('a', 7);
  connection.missed = new Set(['a']);
  behind.add(connection);
  connection.isTerminated = true;
  behind.look();
  await turn();
  expect([wire.sent, behind.count]).toEqual([[], 0]);
});
