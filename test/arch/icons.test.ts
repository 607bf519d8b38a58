import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iconFiles } from '../../scripts/icons.ts';

test('the icons of the page are those that the script writes', async () => {
  for (const [file, source] of await iconFiles()) expect(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')).toBe(source);
});
