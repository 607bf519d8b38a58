import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const moduleListPath = 'src/host/module-list.ts';

/** The modules of the app, one for each folder of `src/modules` with a `module.ts`: the host builds those that this file exports. */
export function moduleList(root: string): string {
  const folder = join(root, 'src/modules');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'module.ts')));
  const lines = names.sort().map((name) => `export { ${name}Module } from '../modules/${name}/module.ts';\n`);
  return `// Generated from the folders of src/modules by \`npm run docs:api\`.\n${lines.join('')}`;
}
