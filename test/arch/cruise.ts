import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
const folders = ['src', 'client', 'web', 'bench', 'test', 'scripts'];

export interface Found {
  readonly cruised: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

/** What dependency-cruiser finds in a tree by the rules of the app. */
export function cruise(tree: string): Found {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const present = folders.filter((folder) => existsSync(join(tree, folder)));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      program,
      '--config',
      join(root, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      ...(tree === root ? [] : ['--no-cache']),
      ...present,
    ],
    { cwd: tree, encoding: 'utf8', maxBuffer: 64 << 20 },
  );
  if (stdout === '') throw new Error(`dependency-cruiser said: ${stderr}`);
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return { cruised: summary.totalCruised, violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })) };
}

/** A tree of its own that obeys the same tsconfig. */
export function plant(files: Readonly<Record<string, string>>): { readonly directory: string; readonly remove: () => void } {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'confab-planted-')));
  cpSync(join(root, 'tsconfig.json'), join(directory, 'tsconfig.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return {
    directory,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The specifier by which the file `from` imports `to`; what is not a path names a package. */
export function specifier(from: string, to: string): string {
  if (!to.includes('.ts')) return to;
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
