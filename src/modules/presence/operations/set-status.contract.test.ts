import { setPresence } from '../../../contracts/presence/statuses.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test('a status whose time is over before it begins is refused by name', async () => {
  const input = { status: 'away' as const, until: '2020-01-01T00:00:00.000Z' };
  await expect(app.kernel.bus.call(setPresence, input, contextOf())).rejects.toMatchObject({
    code: 'conflict',
    errors: [{ path: 'until' }],
  });
});

test('an empty text is no text', async () => {
  expect(await app.kernel.bus.call(setPresence, { status: 'away', text: '  ' }, contextOf())).toMatchObject({ text: null });
});

test('nobody has no status to set', async () => {
  await expect(app.kernel.bus.call(setPresence, { status: 'away' }, { ...contextOf(), actor: null })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});
