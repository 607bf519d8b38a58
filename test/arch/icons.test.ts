import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iconPaths, iconPathsFile } from '../../scripts/icons.ts';

test('the icons of the page are those that the script writes', async () => {
  const written = readFileSync(join(import.meta.dirname, '../..', iconPathsFile), 'utf8');
  expect(written).toBe(await iconPaths());
});
