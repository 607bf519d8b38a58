import { nearestName } from './nearest-name.ts';

const known = ['CONFAB_REGISTRATION', 'CONFAB_MODULES', 'CONFAB_SECRET', 'CONFAB_DATA_DIR'];

test.each([
  ['CONFAB_REGISTATION', 'CONFAB_REGISTRATION'],
  ['CONFAB_MODULE', 'CONFAB_MODULES'],
  ['CONFAB_SERCET', 'CONFAB_SECRET'],
  ['CONFAB_DATADIR', 'CONFAB_DATA_DIR'],
  ['CONFAB_COLOUR_OF_THE_SKY', null],
])('%s is meant as %p', (name, nearest) => {
  expect(nearestName(name, known)).toBe(nearest);
});
