// `npm start`: builds what is stale in a process of its own (its memory goes with it), then runs the server in this one.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
if (status !== 0) {
  process.stderr.write('Confab could not be built; the lines above say why. After an update run npm ci first.\n');
  process.exit(1);
}
process.env.NODE_ENV ??= 'production';
await import('../dist/server/main.mjs');
