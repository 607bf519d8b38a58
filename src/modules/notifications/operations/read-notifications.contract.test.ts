import { openNotifiedTeam, type NotifiedTeam } from '../notifications.fixture.ts';
import type { Actor } from '../../../../test/harness/team.ts';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../test/harness/eventually.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris] = (await opened.team.actors('ana', 'boris')) as [Actor, Actor];
});
afterAll(() => opened.close());

interface Page {
  readonly items: readonly { readonly id: string; readonly readAt: string | null }[];
}
const list = async () => (await boris.api.ok<Page>('GET', '/notifications')).items;
const read = (chosen: object) => boris.api.ok<{ unread: number }>('POST', '/notifications/read', chosen);

test('those that are named are read, or all, and the other devices get it', async () => {
  const { id } = await ana.opens('group', [boris]);
  for (const text of ['one', 'two', 'three', 'four'])
    await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text });
  await eventually(async () => {
    expect(await list()).toHaveLength(4);
  });
  const [, , second, first] = await list();
  const device = await boris.comesOnline();
  expect(await read({ ids: [second?.id] })).toEqual({ unread: 3 });
  expect(await device.receives('notifications:read')).toMatchObject({ ids: [second?.id], unread: 3 });
  expect(await read({ upToId: first?.id })).toEqual({ unread: 2 });
  expect(await read({ conversationId: randomUUID() })).toEqual({ unread: 2 });
  expect(await read({})).toEqual({ unread: 0 });
  expect((await list()).every(({ readAt }) => readAt !== null)).toBe(true);
});

test('what is another’s stays as it is, whatever is named', async () => {
  const clara = await opened.team.actor('clara');
  const { id } = await ana.opens('group', [boris]);
  await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: 'five' });
  await eventually(async () => {
    expect((await list())[0]?.readAt).toBeNull();
  });
  const [entry] = await list();
  const [own, foreign] = [await boris.comesOnline(), await clara.comesOnline()];
  const before = own.all('notifications:read').length;
  for (const chosen of [{ ids: [entry?.id] }, { conversationId: id }, { upToId: entry?.id }, {}])
    expect(await clara.api.ok('POST', '/notifications/read', chosen)).toEqual({ unread: 0 });
  expect((await list())[0]).toMatchObject({ id: entry?.id, readAt: null });
  expect([own.all('notifications:read').length - before, foreign.all('notifications:read').length]).toEqual([0, 0]);
});
