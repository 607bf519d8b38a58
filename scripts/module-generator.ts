import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { contractIndexes } from './contract-index.ts';
import { formatted } from './contract-file.ts';
import { moduleList, moduleListPath } from './module-list.ts';
import { writeFiles } from './write-files.ts';

/**
 * Makes the module `area` without operations below `root`: its folder, the folder of its contracts, and its line in the lists of both. Answers the
 * paths it wrote.
 *
 * @throws Error - for a name of another form, or one that a module or an area of the contracts has
 */
export async function generateModule(area: string, root: string): Promise<readonly string[]> {
  if (!/^[a-z]+$/.test(area)) throw new Error(`"${area}" is not a module: its name is one word of small letters, as in files.`);
  if (area === 'none') throw new Error('none is no module: CONFAB_MODULES=none says that a process has none.');
  const taken = [`src/modules/${area}`, `src/contracts/${area}`].filter((path) => existsSync(join(root, path)));
  if (taken.length > 0) throw new Error(`There is ${taken.join(' and ')} already.`);

  const module = `src/modules/${area}`;
  const names: Names = { area, pascal: area.charAt(0).toUpperCase() + area.slice(1) };
  const files: Readonly<Record<string, string>> = {
    [`${module}/README.md`]: readmeText(names),
    [`${module}/module.ts`]: await formatted(root, moduleText(names)),
    [`${module}/handlers.ts`]: await formatted(root, handlersText(names)),
    [`${module}/parts.ts`]: await formatted(root, partsText(names)),
  };
  writeFiles(root, Object.entries(files));
  mkdirSync(join(root, `src/contracts/${area}`));
  writeFiles(root, [...contractIndexes(root), [moduleListPath, moduleList(root)]]);
  return [...Object.keys(files), `src/contracts/${area}/index.ts`, 'src/contracts/areas.ts', moduleListPath];
}

interface Names {
  /** `files` */
  readonly area: string;
  /** `Files` */
  readonly pascal: string;
}

const readmeText = ({ pascal }: Names): string => `# ${pascal}

What this module is for, in one sentence. What it promises, in one paragraph.
`;

const moduleText = ({ area, pascal }: Names): string => `import { defineModule } from '../../kernel/module.ts';
import { handlers } from './handlers.ts';
import type { ${pascal}Parts } from './parts.ts';

/** What it is for: the first sentence of its README. */
export const ${area}Module = defineModule({
  name: '${area}',
  needs: { calls: [], kernel: ['clock'] },
  create({ clock }) {
    const parts: ${pascal}Parts = { clock };
    return { implements: handlers.map((handler) => handler(parts)) };
  },
});
`;

const handlersText = ({ pascal }: Names): string => `import type { Implementation } from '../../kernel/bus/bus.ts';
import type { ${pascal}Parts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: ${pascal}Parts) => Implementation)[] = [];
`;

const partsText = ({ pascal }: Names): string => `import type { Clock } from '../../kernel/clock.ts';

/** What the operations of this module work with. */
export interface ${pascal}Parts {
  readonly clock: Clock;
}
`;
