import { defaultSettings, getSettings } from '../../../contracts/admin/settings.ts';

import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestApp, type TestApp } from '../../../../test/harness/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ config: { registration: 'domain', emailDomains: ['example.org'] } });
});
afterAll(() => app.close());

test('a fresh team has the defaults, and what the environment said of the first start', async () => {
  const settings = await app.kernel.bus.call(getSettings, {}, contextOf('admin'));
  expect(settings).toEqual({ ...defaultSettings, registration: 'domain', emailDomains: ['example.org'] });
});
