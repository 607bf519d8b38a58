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

const says = (conversationId: string, text: string) =>
  ana.api.ok('POST', `/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text });

interface Page {
  readonly items: readonly { readonly text: string; readonly cause: string }[];
  readonly nextCursor: string | null;
  readonly unread: number;
}
const list = (query = '') => boris.api.ok<Page>('GET', `/notifications${query}`);

test('entries come newest first, page by page, by what is asked for', async () => {
  const { id } = await ana.opens('group', [boris]);
  for (const text of ['one', 'two @boris', 'three']) await says(id, text);
  await eventually(async () => {
    expect((await list()).unread).toBe(3);
  });
  const first = await list('?limit=2');
  expect(first.items.map(({ text }) => text)).toEqual(['three', 'two @boris']);
  expect((await list(`?limit=2&cursor=${first.nextCursor ?? ''}`)).items.map(({ text }) => text)).toEqual(['one']);
  expect((await list('?filter=mentions')).items).toMatchObject([{ text: 'two @boris', cause: 'mention' }]);
  await boris.api.ok('PUT', `/conversations/${id}/read`, { seq: 2 });
  await eventually(async () => {
    expect((await list('?filter=unread')).items.map(({ text }) => text)).toEqual(['three']);
  });
});
