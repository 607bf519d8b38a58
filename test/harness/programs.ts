import { spawnSync } from 'node:child_process';
import { describeSkipped } from './skipped.ts';

/** Programs of the system that some previews need, and the package that holds each. */
const packages = { ffmpeg: 'ffmpeg', pdftoppm: 'poppler-utils' } as const;

/**
 * For tests that need a program of the system. Without it they are reported as skipped, with the command that installs it. Throws where it is missing
 * although `CONFAB_REQUIRE_SERVICES=all` demands it.
 */
export function requireProgram(name: keyof typeof packages): { describe(title: string, body: () => void): void } {
  if (spawnSync(name, ['-v'], { stdio: 'ignore' }).error === undefined) return { describe: (title, body) => describe(title, body) };
  const remedy = `It needs ${name}: apt-get install --no-install-recommends ${packages[name]}`;
  if (process.env['CONFAB_REQUIRE_SERVICES'] === 'all')
    throw new Error(`${name} is not installed, and CONFAB_REQUIRE_SERVICES=all demands it. ${remedy}`);
  return { describe: (title) => describeSkipped(title, remedy) };
}
