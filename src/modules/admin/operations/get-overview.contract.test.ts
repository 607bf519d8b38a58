import { getOverview } from '../../../contracts/admin/overview.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Kernel } from '../../../kernel/module.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openAppWithTeam, type AppWithTeam } from '../../../../test/harness/app-with-team.ts';
import { handleGetOverview } from './get-overview.ts';

let opened: AppWithTeam;
beforeAll(async () => {
  opened = await openAppWithTeam();
});
afterAll(() => opened.close());

test('the overview counts people, sessions, messages and what went wrong', async () => {
  const [ana, boris] = await opened.team.actors('ana', 'boris');
  const { id } = await ana.opens('group', [boris]);
  await ana.posts(id, 'one');
  await ana.posts(id, 'two');
  await opened.app.kernel.deliveries.keep({ id, event: 'x.happened', payload: {} as never }, 'x.listener', 8, 'no', null);
  const overview = await opened.app.kernel.bus.call(getOverview, {}, contextOf('admin'));
  expect(overview).toMatchObject({
    users: 3,
    activeUsers: 3,
    online: 1,
    sessions: 3,
    messages: 2,
    deadLetters: 1,
    failedJobs: 0,
    version: '0.1.0',
  });
  expect(overview.checks).toContainEqual({ name: 'database', ok: true, detail: 'answers' });
  expect(overview.notificationAlarms).toEqual([]);
  expect(overview.databaseBytes).toBeGreaterThan(1_000_000);
  expect(overview.conversations).toBeGreaterThanOrEqual(1);
});

test('the overview says how much of the disk is free, and that a full one refuses changes', async () => {
  const { kernel } = opened.app;
  const here = await kernel.bus.call(getOverview, {}, contextOf('admin'));
  expect(here.diskFreeBytes).toBeGreaterThan(0);
  expect(here.diskFull).toBe(false);
  const full: Kernel = { ...kernel, disk: { freeBytes: null, isFull: true } };
  const parts = { kernel: full, version: '1', startedAt: Date.now(), databaseBytes: () => Promise.resolve(1) };
  expect(await handleGetOverview(parts, {}, contextOf('admin'))).toMatchObject({ diskFreeBytes: null, diskFull: true });
});

test('what a module knows is null while it is away, and the rest is answered', async () => {
  const { kernel } = opened.app;
  const away: Kernel = {
    ...kernel,
    bus: {
      signal: () => undefined,
      call: (operation, input, context) =>
        /^(chat|notifications)\./.test(operation.name)
          ? Promise.reject(new AppError('unavailable'))
          : kernel.bus.call(operation, input, context),
    },
  };
  const parts = { kernel: away, version: '1', startedAt: Date.now(), databaseBytes: () => Promise.resolve(1) };
  expect(await handleGetOverview(parts, {}, contextOf('admin'))).toMatchObject({
    conversations: null,
    messages: null,
    notificationAlarms: null,
    users: 3,
    deadLetters: 1,
  });
});
