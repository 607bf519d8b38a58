import type { AuditEntry } from '../../../contracts/admin/audit.ts';
import { openAppWithTeam, type AppWithTeam } from '../../../../test/harness/app-with-team.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: AppWithTeam;
let owner: Actor;
beforeAll(async () => {
  opened = await openAppWithTeam();
  owner = await opened.team.owner;
});
afterAll(() => opened.close());

const list = (query: string) => owner.api.ok<{ items: AuditEntry[]; nextCursor: string | null }>('GET', `/admin/audit?${query}`);

test('each change an admin makes or tries leaves one row, newest first, page by page', async () => {
  for (const name of ['One', 'Two', 'Three']) await owner.api.ok('PATCH', '/admin/settings', { teamName: name });
  await owner.api.request('PATCH', '/admin/settings', { teamName: '' });
  const first = await list('operation=admin.updateSettings&limit=3');
  expect(first.items.map(({ input, outcome }) => [input['teamName'], outcome])).toEqual([
    ['', 'validation_failed'],
    ['Three', 'ok'],
    ['Two', 'ok'],
  ]);
  const second = await list(`operation=admin.updateSettings&limit=3&cursor=${String(first.nextCursor)}`);
  expect(second.items.map(({ input }) => input['teamName'])).toEqual(['One']);
  expect(second.nextCursor).toBeNull();
});

test('reading leaves no row, and a cursor of nobody is refused', async () => {
  await owner.api.ok('GET', '/admin/settings');
  expect((await list('operation=admin.getSettings')).items).toEqual([]);
  expect((await owner.api.request('GET', '/admin/audit?cursor=nonsense')).body).toMatchObject({ code: 'not_found' });
});
