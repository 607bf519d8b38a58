import { readHeads } from '../../contracts/chat/sync.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { newId } from '../../kernel/ids.ts';
import { PipelineFixture } from '../call-pipeline.fixture.ts';
import { FanOut } from './fan-out.ts';
import { Heads } from './heads.ts';
import { wired, type Wired } from './socket-connection.fixture.ts';
import { Rooms } from './rooms.ts';

let rooms: Rooms;
let heads: Heads;
let fanOut: FanOut;
/** What the store holds. */
let stored: Record<string, number>;
let asked: string[][];

beforeEach(() => {
  const { bus } = new PipelineFixture();
  stored = {};
  asked = [];
  bus.serve(
    implement(readHeads, ({ conversationIds }) => {
      asked.push(conversationIds);
      return { revs: Object.fromEntries(conversationIds.flatMap((id) => (stored[id] === undefined ? [] : [[id, stored[id]]]))) };
    }),
  );
  rooms = new Rooms();
  fanOut = new FanOut(rooms, () => undefined);
  heads = new Heads({ bus, rooms, fanOut });
});

function listens(...conversationIds: string[]): Wired {
  const one = wired();
  rooms.enter(one.connection);
  rooms.settle(one.connection, conversationIds);
  return one;
}

async function beat(): Promise<void> {
  await heads.beat();
  fanOut.flush();
}

const headsOf = (conversationId: string, rev: number): string =>
  `2${JSON.stringify(['conversation:heads', { heads: { [conversationId]: rev } }])}`;

test('a head that was missed is sent once', async () => {
  const id = newId();
  const { wire } = listens(id);
  stored[id] = 4;
  heads.published(id, 4);
  await beat();
  expect(wire.sent).toEqual([]);
  stored[id] = 5;
  await beat();
  await beat();
  expect(wire.sent).toEqual([headsOf(id, 5)]);
});

test('a head that was published is not sent again, nor one that was published before the store was read', async () => {
  const id = newId();
  const { wire } = listens(id);
  stored[id] = 5;
  heads.published(id, 6);
  heads.published(id, 3);
  await beat();
  expect(wire.sent).toEqual([]);
});

test('only members receive heads of a conversation', async () => {
  const [lunch, secret] = [newId(), newId()];
  const [ana, boris] = [listens(lunch), listens(secret)];
  Object.assign(stored, { [lunch]: 1, [secret]: 2 });
  await beat();
  expect([ana.wire.sent, boris.wire.sent]).toEqual([[headsOf(lunch, 1)], [headsOf(secret, 2)]]);
});

test('conversations nobody here listens to are not asked for, and forgotten', async () => {
  const [lunch, left] = [newId(), newId()];
  const { connection, wire } = listens(lunch);
  heads.published(left, 9);
  heads.published(newId(), 9);
  await beat();
  expect(asked).toEqual([[lunch]]);
  stored[left] = 9;
  rooms.join(connection, `c:${left}`);
  await beat();
  expect(wire.sent).toEqual([headsOf(left, 9)]);
});

test('a node without sockets asks nothing', async () => {
  await beat();
  expect(asked).toEqual([]);
});
