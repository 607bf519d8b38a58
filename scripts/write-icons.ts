// `npm run icons`: writes the page's icons from Lucide. test/arch/icons.test.ts fails while they are stale.
import { join } from 'node:path';
import { iconFiles } from './icons.ts';
import { writeFiles } from './write-files.ts';

writeFiles(join(import.meta.dirname, '..'), await iconFiles());
