import { listPeople } from '../../contracts/chat/members.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { PipelineFixture } from '../call-pipeline.fixture.ts';
import { FanOut } from './fan-out.ts';
import { Guests } from './guests.ts';
import { wired, type Wired } from './socket-connection.fixture.ts';
import { Rooms, watchRoom } from './rooms.ts';

const [lunch, ana, boris] = [newId(), newId(), newId()];
let rooms: Rooms;
let fanOut: FanOut;
let guests: Guests;
/** Whom everybody shares a conversation with. */
let people: string[];
let asked: { userIds: string[]; among?: string[] | undefined }[];
let isAway: boolean;
/** Called while a question is on its way. */
let onAsked: () => void;

beforeEach(() => {
  const { bus } = new PipelineFixture();
  [people, asked, isAway, onAsked] = [[ana], [], false, () => undefined];
  bus.serve(
    implement(listPeople, async ({ userIds, among }) => {
      asked.push({ userIds, among });
      const found = people.filter((id) => among?.includes(id) ?? true);
      onAsked();
      await Promise.resolve();
      if (isAway) throw new AppError('unavailable');
      return { people: Object.fromEntries(userIds.map((userId) => [userId, [userId, ...found]])) };
    }),
  );
  rooms = new Rooms();
  fanOut = new FanOut(rooms, () => undefined);
  guests = new Guests({ bus, rooms, fanOut });
});

async function comes(userId = newId(), role: 'guest' | 'member' = 'guest'): Promise<Wired> {
  const one = wired({ userId, role });
  rooms.enter(one.connection);
  await guests.enter(one.connection);
  rooms.settle(one.connection, [lunch]);
  return one;
}

const watches = ({ connection }: Wired, ...userIds: string[]): void => {
  rooms.watch(connection, guests.visibleTo(connection, userIds));
};
const watched = ({ connection }: Wired): string[] => [ana, boris].filter((id) => connection.rooms.has(watchRoom(id)));
const moved = (as: 'member' | 'stranger', ...userIds: string[]): void => {
  rooms.move({ userIds, conversationId: lunch, as });
  guests.moved({ userIds, conversationId: lunch, as });
};
const sentTo = ({ wire }: Wired): unknown[] => {
  fanOut.flush();
  return wire.sent.splice(0).map((packet) => JSON.parse(packet.slice(1)) as unknown);
};

test('where nobody is a guest nothing is asked', async () => {
  const member = await comes(newId(), 'member');
  moved('member', boris);
  await guests.review();
  watches(member, ana, boris);
  expect([asked, watched(member)]).toEqual([[], [ana, boris]]);
});

test('a guest watches those they share a conversation with, and learns nothing at sign-in', async () => {
  const gus = await comes();
  watches(gus, ana, boris);
  expect([watched(gus), [...guests.knowing(ana)], [...guests.knowing(boris)], sentTo(gus)]).toEqual([
    [ana],
    [gus.connection.actor.userId],
    [],
    [],
  ]);
});

test('a newcomer appears, and one who left is gone', async () => {
  const gus = await comes();
  people = [ana, boris];
  moved('member', boris);
  await guests.read();
  watches(gus, ana, boris);
  expect([watched(gus), sentTo(gus)]).toEqual([[ana, boris], [['people:changed', { added: [boris], removed: [] }]]]);
  people = [boris];
  moved('stranger', ana);
  await guests.read();
  expect([watched(gus), sentTo(gus)]).toEqual([[boris], [['people:changed', { added: [], removed: [ana] }]]]);
  expect(asked.slice(1).map(({ among }) => among)).toEqual([[boris], [ana]]);
});

test('one who left and is met elsewhere stays, and the guest learns nothing', async () => {
  const gus = await comes();
  watches(gus, ana);
  moved('stranger', ana);
  await guests.read();
  expect([watched(gus), sentTo(gus)]).toEqual([[ana], []]);
});

test('a guest who was taken out is asked for as a whole', async () => {
  const gus = await comes();
  watches(gus, ana);
  people = [];
  moved('stranger', gus.connection.actor.userId);
  await guests.read();
  expect([watched(gus), sentTo(gus)]).toEqual([[], [['people:changed', { added: [], removed: [ana] }]]]);
});

test('what changes while an answer is on its way is read once more', async () => {
  const gus = await comes();
  people = [ana, boris];
  onAsked = () => {
    onAsked = () => undefined;
    people = [];
    moved('stranger', ana, boris);
  };
  moved('member', boris);
  await guests.read();
  expect([[...guests.knowing(ana)], [...guests.knowing(boris)], asked.length]).toEqual([[], [], 3]);
  expect(gus.connection.rooms.has(watchRoom(ana))).toBe(false);
});

test('without an answer those in question are hidden, and are there again with one', async () => {
  const gus = await comes();
  watches(gus, ana);
  isAway = true;
  moved('stranger', ana);
  await expect(guests.read()).rejects.toMatchObject({ code: 'unavailable' });
  expect([watched(gus), [...guests.knowing(ana)]]).toEqual([[], []]);
  isAway = false;
  await guests.review();
  expect([...guests.knowing(ana)]).toEqual([gus.connection.actor.userId]);
  expect(sentTo(gus)).toEqual([
    ['people:changed', { added: [], removed: [ana] }],
    ['people:changed', { added: [ana], removed: [] }],
  ]);
});

test('without an answer about what this node may have missed, all stays as it is', async () => {
  const gus = await comes();
  watches(gus, ana);
  isAway = true;
  await expect(guests.reread()).rejects.toMatchObject({ code: 'unavailable' });
  expect(watched(gus)).toEqual([ana]);
});

test('who becomes a guest watches no strangers from then on, and who is none any more watches all', async () => {
  const one = await comes(newId(), 'member');
  watches(one, ana, boris);
  rooms.identify(one.connection, { ...one.connection.actor, role: 'guest' });
  await guests.review();
  expect([watched(one), sentTo(one)]).toEqual([[], [['people:changed', { added: [ana], removed: [] }]]]);
  rooms.identify(one.connection, { ...one.connection.actor, role: 'member' });
  await guests.review();
  watches(one, ana, boris);
  expect([watched(one), [...guests.knowing(ana)]]).toEqual([[ana, boris], []]);
});

test('a person of whom no device was here is read anew', async () => {
  const gus = await comes();
  rooms.leaveAll(gus.connection);
  people = [boris];
  const again = await comes(gus.connection.actor.userId);
  expect([[...guests.knowing(ana)], [...guests.knowing(boris)]]).toEqual([[], [again.connection.actor.userId]]);
  rooms.leaveAll(again.connection);
  await guests.review();
  expect([...guests.knowing(boris)]).toEqual([]);
});

test('very many who come together are announced in parts', async () => {
  const gus = await comes();
  people = Array.from({ length: 2_500 }, () => newId());
  await guests.reread();
  const parts = sentTo(gus) as [string, { added: string[]; removed: string[] }][];
  expect(parts.map(([, { added, removed }]) => [added.length, removed.length])).toEqual([
    [1_000, 1],
    [1_000, 0],
    [500, 0],
  ]);
});
