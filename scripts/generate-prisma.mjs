// Makes src/infra/postgres/generated from prisma/schema.prisma. It is committed, since the generator is for development only: it and what it
// brings are larger than all that Confab needs to run. The stub stands in for an engine that only
// `prisma migrate` needs and that Prisma would download; migrations here are applied by the program itself.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { madeFrom, schemaDigest } from './stale.mjs';

const require = createRequire(import.meta.url);
const cli = join(dirname(require.resolve('prisma-cli/package.json')), 'build', 'index.js');
const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
const { status } = spawnSync(process.execPath, [cli, 'generate', '--schema', 'prisma/schema.prisma', '--no-hints'], {
  cwd: join(import.meta.dirname, '..'),
  env,
  stdio: 'inherit',
});
if (status === 0) writeFileSync(join(import.meta.dirname, '..', madeFrom), `${schemaDigest()}\n`);
process.exit(status ?? 1);
