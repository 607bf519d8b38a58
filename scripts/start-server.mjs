// Builds what is stale in a process of its own (its memory goes with it), then runs the server in this one.
import { spawnSync } from 'node:child_process';
import module from 'node:module';
import { join } from 'node:path';
import { staleParts } from './stale.mjs';

if (staleParts().length > 0) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    process.stderr.write('Confab could not be built; the lines above say why. After an update run npm ci first.\n');
    process.exit(1);
  }
}
// Node 22 and later keep compiled code from start to start.
module.enableCompileCache?.(join(import.meta.dirname, '..', 'dist', '.compiled'));
process.env.NODE_ENV ??= 'production';
await import('../dist/server/main.mjs');
