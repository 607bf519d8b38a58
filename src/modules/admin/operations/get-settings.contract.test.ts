import { defaultSettings } from '../../../contracts/admin/entities.ts';
import { getSettings } from '../../../contracts/admin/operations.ts';
import { contextOf } from '../../../../test/harness/contexts.ts';
import { openTestHouse, type TestHouse } from '../../../../test/harness/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ config: { registration: 'domain', emailDomains: ['example.org'] } });
});
afterAll(() => house.close());

test('a fresh team has the defaults, and what the environment said of the first start', async () => {
  const settings = await house.kernel.bus.call(getSettings, {}, contextOf('admin'));
  expect(settings).toEqual({ ...defaultSettings, registration: 'domain', emailDomains: ['example.org'] });
});
