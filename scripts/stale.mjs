// What `npm start` runs is built from source; this finds the parts that are older than their source, without reading the content of files.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Each part: what it is made of, and the file that shows it was made. */
export const parts = {
  prisma: { of: ['prisma/schema.prisma'], made: 'src/infra/postgres/generated/client.ts' },
  server: { of: ['src', 'prisma/schema.prisma', 'scripts/build.mjs', 'package-lock.json'], made: 'dist/server/main.mjs' },
  web: { of: ['web', 'client', 'src/contracts', 'src/text', 'package-lock.json'], made: 'dist/web/index.html' },
};

/** Committed beside what was generated: a fresh clone knows by it that nothing is to be generated. */
export const madeFrom = 'src/infra/postgres/generated/made-from.txt';

/** The schema and the version of the generator. */
export function schemaDigest() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'), 'utf8').replaceAll('\r\n', '\n');
  return createHash('sha256').update(`${devDependencies['prisma-cli']}\n${schema}`).digest('hex');
}

export const staleParts = () => Object.keys(parts).filter(isStale);

const noteOf = (name) => join(root, 'dist', '.built', name);

function isStale(name) {
  if (name === 'prisma') return !existsSync(join(root, madeFrom)) || readFileSync(join(root, madeFrom), 'utf8').trim() !== schemaDigest();
  const { of, made } = parts[name];
  if (!existsSync(join(root, made)) || !existsSync(noteOf(name))) return true;
  return readFileSync(noteOf(name), 'utf8') !== fingerprintOf(of);
}

/** Remembers that the part fits its source as it was when `fingerprint` was taken. */
export function noteBuilt(name, fingerprint) {
  mkdirSync(join(root, 'dist', '.built'), { recursive: true });
  writeFileSync(noteOf(name), fingerprint);
}

/** Names, sizes and times of all files, as git and editors change them. */
export function fingerprintOf(paths) {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  for (const path of paths) visit(path, hash);
  return hash.digest('hex');
}

function visit(path, hash) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  else for (const name of readdirSync(join(root, path)).sort()) if (isSource(name)) visit(join(path, name), hash);
}

const isSource = (name) => name !== 'generated' && !/\.(test|suite)\.tsx?$/.test(name);
