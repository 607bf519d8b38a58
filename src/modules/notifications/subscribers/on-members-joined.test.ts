import { onMembersJoined } from './on-members-joined.ts';

type Parts = Parameters<typeof onMembersJoined>[0];

const joinedAt = '2026-01-31T12:00:00.000Z';
let arrived: object[];
let parts: Parts;
beforeEach(() => {
  arrived = [];
  parts = {
    clock: { timestamp: () => joinedAt },
    arrivals: { add: (row: never) => Promise.resolve(void arrived.push(row)) },
  } as unknown as Parts;
});

const joined = (userIds: readonly string[], by?: string | null) => ({
  id: 'e1',
  event: 'any',
  payload: { conversationId: 'c1', members: userIds.map((userId) => ({ userId, joinedAt })), ...(by === undefined ? {} : { by }) },
});

test('whoever was brought in by another waits to be notified, under the id of the event', async () => {
  await onMembersJoined(parts).handle(joined(['ana', 'boris', 'clara'], 'ana'));
  const occurrence = {
    kind: 'invite',
    eventId: 'e1',
    conversationId: 'c1',
    actorId: 'ana',
    userIds: ['boris', 'clara'],
    createdAt: joinedAt,
  };
  expect(arrived).toEqual([occurrence]);
});

test('whoever came by themselves, or by the app, is not', async () => {
  for (const by of [null, undefined, 'ana']) await onMembersJoined(parts).handle(joined(['ana'], by));
  expect(arrived).toEqual([]);
});
