import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const generated = '// Generated from the files beside it by `npm run docs:api`.\n';

/**
 * The lists of what the contracts declare, by path below `root`: an `index.ts` per area, which exports every file of the area that
 * declares something, `areas.ts`, which exports the areas, and `team-settings.ts` and `user-settings.ts`, which export the files of
 * that name of the areas that have one. Nobody adds a line to a list by hand.
 */
export function contractIndexes(root: string): ReadonlyMap<string, string> {
  const contracts = join(root, 'src/contracts');
  const areas = readdirSync(contracts, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = areas.map(({ name }) => name).sort();
  return new Map([
    ...names.map((area) => [`src/contracts/${area}/index.ts`, indexOf(join(contracts, area))] as const),
    ['src/contracts/areas.ts', listOf(names, 'index.ts')],
    ...settingsFiles.map((file) => {
      const owners = names.filter((area) => existsSync(join(contracts, area, file)));
      return [`src/contracts/${file}`, listOf(owners, file)] as const;
    }),
  ]);
}

const settingsFiles = ['team-settings.ts', 'user-settings.ts'] as const;

const listOf = (areas: readonly string[], file: string): string =>
  generated + areas.map((area) => `export * as ${area} from './${area}/${file}';\n`).join('');

function indexOf(folder: string): string {
  const files = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && declares(readFileSync(join(folder, file), 'utf8')),
  );
  // An area that declares nothing yet is a module all the same.
  if (files.length === 0) return `${generated}export {};\n`;
  return (
    generated +
    files
      .sort()
      .map((file) => `export * from './${file}';\n`)
      .join('')
  );
}

/** A file that makes operations or events; what such files share is not in the lists. */
const declares = (source: string): boolean => source.includes("from '../define.ts'");
