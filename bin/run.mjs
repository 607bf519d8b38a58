import { buildStale } from '../scripts/build.mjs';

await buildStale();
await import('../dist/server/cli.mjs');
