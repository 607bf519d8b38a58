// Makes everything `npm start` runs: the database client, the server as one file, the page. Each part is made again only
// when what it is made of has changed.
import './require-node.mjs';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';
import { fingerprintOf, noteBuilt, parts, staleParts } from './stale.mjs';

const root = join(import.meta.dirname, '..');
const makers = { prisma: generatePrisma, server: bundleServer, web: buildWeb };

/** Builds what is stale, in order. Of several that start at once from one checkout one builds, and the others wait for it. */
export async function buildStale() {
  if (staleParts().length === 0) return;
  await alone(join(root, 'dist', '.building'), buildParts);
}

async function buildParts() {
  for (const name of staleParts()) {
    const startedAt = performance.now();
    // Taken before the work: a file that is saved meanwhile makes the part stale again.
    const fingerprint = fingerprintOf(parts[name].of);
    await makers[name]();
    noteBuilt(name, fingerprint);
    process.stderr.write(`built ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  }
}

function generatePrisma() {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'generate-prisma.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the database client could not be generated');
}

async function bundleServer() {
  const { build } = await import('esbuild');
  await inFreshFolder('server', (outdir) =>
    build({
      absWorkingDir: root,
      entryPoints: {
        main: 'src/host/main.ts',
        cli: 'src/host/cli.ts',
        // A process of its own, which is given no more than a path.
        'preview-worker': 'src/modules/media/adapters/previews/worker.ts',
      },
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
      logLevel: 'warning',
    }),
  );
}

async function buildWeb() {
  const { build } = await import('vite');
  await inFreshFolder('web', (outDir) =>
    build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn', build: { outDir, emptyOutDir: true } }),
  );
}

/** A start that crosses a build finds either the old or the new folder, never half of one. */
async function inFreshFolder(name, make) {
  const fresh = join(root, 'dist', `.${name}-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    await make(fresh);
    const place = join(root, 'dist', name);
    rmSync(place, { recursive: true, force: true });
    renameSync(fresh, place);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStale();
