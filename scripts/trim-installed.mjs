// After `npm ci --omit=dev`: removes what running never reads. Prisma brings query compilers for five databases, 65 MB; the server asks PostgreSQL alone.
// An install for development keeps everything.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '..', 'node_modules');
const runtime = join(modules, '@prisma', 'client', 'runtime');

const isForDevelopment = existsSync(join(modules, 'jest'));
if (!isForDevelopment && existsSync(runtime)) {
  const unread = readdirSync(runtime).filter((name) => /^query_compiler_\w+\.(?!postgresql\.)/.test(name));
  for (const name of unread) rmSync(join(runtime, name));
}
