// Makes everything `npm start` runs: the database client, the server as one file, the page. Each part is made again only
// when what it is made of has changed, so a second start costs nothing.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');
process.chdir(root);

const parts = [
  { name: 'prisma', of: ['prisma/schema.prisma', 'scripts/generate-prisma.mjs', 'package-lock.json'], made: 'src/kernel/database/generated/client.ts', make: () => run('scripts/generate-prisma.mjs') },
  { name: 'server', of: ['src', 'prisma/schema.prisma', 'scripts/build.mjs', 'package-lock.json'], made: 'dist/server/main.mjs', make: bundleServer },
  { name: 'web', of: ['web', 'client', 'src/contracts', 'package-lock.json'], made: 'dist/web/index.html', make: buildWeb },
];

/** Builds what is stale; answers the names of what was built. */
export async function buildStale() {
  const built = [];
  for (const part of parts) {
    const fingerprint = fingerprintOf(part.of);
    const note = join('dist', '.built', part.name);
    if (existsSync(part.made) && existsSync(note) && readFileSync(note, 'utf8') === fingerprint) continue;
    const startedAt = performance.now();
    await part.make();
    mkdirSync(join('dist', '.built'), { recursive: true });
    writeFileSync(note, fingerprint);
    built.push(part.name);
    process.stderr.write(`built ${part.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  }
  return built;
}

/** Names, sizes and times of all files, as git and editors change them; contents need not be read. */
function fingerprintOf(paths) {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    else for (const name of readdirSync(path).sort()) if (name !== 'generated' && !name.endsWith('.test.ts')) visit(join(path, name));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

async function bundleServer() {
  // A start that crosses a build must find either the old or the new program, never half of one.
  const fresh = `dist/.server-${process.pid}`;
  await build({
    entryPoints: { main: 'src/host/main.ts', cli: 'src/host/cli.ts' },
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
  rmSync('dist/server', { recursive: true, force: true });
  renameSync(fresh, 'dist/server');
}

async function buildWeb() {
  const vite = await import('vite');
  const fresh = fileURLToPath(new URL(`../dist/.web-${process.pid}`, import.meta.url));
  await vite.build({ configFile: 'web/vite.config.ts', logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } });
  rmSync('dist/web', { recursive: true, force: true });
  renameSync(fresh, 'dist/web');
}

function run(script) {
  const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${script} failed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStale();
