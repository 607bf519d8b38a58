import { getSettings, updateSettings } from '../../../contracts/admin/settings.ts';
import { getTeam } from '../../../contracts/auth/team.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('what is named changes at once, the rest stays', async () => {
  const { bus } = app.kernel;
  const before = await bus.call(getSettings, {}, contextOf('admin'));
  const after = await bus.call(updateSettings, { teamName: 'Weavers', registration: 'closed' }, contextOf('admin'));
  expect(after).toEqual({ ...before, teamName: 'Weavers', registration: 'closed' });
  expect(await bus.call(getTeam, {}, contextOf())).toMatchObject({ name: 'Weavers', registration: 'closed' });
});

test('two changes at once both hold', async () => {
  const { bus } = app.kernel;
  await Promise.all([
    bus.call(updateSettings, { editWindow: 60 }, contextOf('admin')),
    bus.call(updateSettings, { readReceipts: false }, contextOf('admin')),
  ]);
  expect(await bus.call(getSettings, {}, contextOf('admin'))).toMatchObject({ editWindow: 60, readReceipts: false });
});

test('a setting of the wrong kind is refused and changes nothing', async () => {
  const { bus } = app.kernel;
  const before = await bus.call(getSettings, {}, contextOf('admin'));
  await expect(bus.call(updateSettings, { editWindow: -1 }, contextOf('admin'))).rejects.toMatchObject({ code: 'validation_failed' });
  for (const change of [
    { networkScale: 0 },
    { networkScale: 21 },
    { networkScale: 1.5 },
    { openingsPerHour: 4 },
    { openingsPerHour: 1001 },
  ])
    await expect(bus.call(updateSettings, change, contextOf('admin'))).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(bus.call(updateSettings, { registration: 'ajar' as 'open' }, contextOf('admin'))).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(bus.call(updateSettings, { registration: 'domain', teamName: 'Other' }, contextOf('owner'))).rejects.toMatchObject({
    code: 'conflict',
    errors: [{ path: 'registration', message: expect.stringContaining('not confirmed') }],
  });
  expect(await bus.call(getSettings, {}, contextOf('admin'))).toEqual(before);
});
