// After `npm ci --omit=dev`: removes what running never reads. Prisma brings query compilers for five databases, 65 MB; the server asks PostgreSQL alone.
// The packages of Azure bring
// builds for browsers and for phones, 17 MB. An install for development keeps everything.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '..', 'node_modules');
const runtime = join(modules, '@prisma', 'client', 'runtime');

const isForDevelopment = existsSync(join(modules, 'jest'));
if (!isForDevelopment && existsSync(runtime)) {
  const unread = readdirSync(runtime).filter((name) => /^query_compiler_\w+\.(?!postgresql\.)/.test(name));
  for (const name of unread) rmSync(join(runtime, name));
}

const builds = (name) => ['browser', 'react-native'].map((target) => join(name, 'dist', target));
if (!isForDevelopment) {
  for (const scope of ['@azure', '@typespec']) {
    const names = existsSync(join(modules, scope)) ? readdirSync(join(modules, scope)) : [];
    for (const folder of names.flatMap((name) => builds(join(modules, scope, name)))) rmSync(folder, { recursive: true, force: true });
  }
}
