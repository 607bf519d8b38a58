// Brings the programs: from Debian's packages where root may, and from Maven, Go or npm into the cache, once.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { cache } from './places.mjs';

/** The first of the paths, or of a plain name on PATH, that exists; null where none does. */
export function findProgram(...candidates) {
  const onPath = (name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return candidates.flatMap((candidate) => (candidate.includes('/') ? [candidate] : onPath(candidate))).find(existsSync) ?? null;
}

/** Installs what is missing of `{ package, programs }`; says what to do where this user may not. */
export async function installPackages(wanted) {
  const missing = wanted.filter(({ programs }) => findProgram(...programs) === null).map((one) => one.package);
  if (missing.length === 0) return;
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::Retries=3'];
  const install = ['install', '-y', '-q', '--no-install-recommends', ...patient, ...missing];
  if (process.getuid?.() !== 0 || findProgram('apt-get') === null) {
    throw new Error(`Not installed: ${missing.join(', ')}. Run: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`);
  }
  console.log(`Installing ${missing.join(', ')} …`);
  await withoutSystemServices(async () => {
    try {
      await run('apt-get', install, { DEBIAN_FRONTEND: 'noninteractive' });
    } catch {
      // The usual reason is a list of packages that is absent or older than what the archive still holds.
      await run('apt-get', ['update', '-q', ...patient], {});
      await run('apt-get', install, { DEBIAN_FRONTEND: 'noninteractive' });
    }
  });
}

/** A folder of the cache, made by `build` once. What a killed build left behind is never taken for a whole one. */
export function cached(name, build) {
  return oneAtATime(async () => {
    const home = join(cache, name);
    if (existsSync(home)) return home;
    console.log(`Building ${name} …`);
    const part = `${home}.part-${process.pid}`;
    await mkdir(part, { recursive: true });
    try {
      await build(part);
      await rename(part, home);
    } finally {
      await rm(part, { recursive: true, force: true });
    }
    return home;
  });
}

/** npm packages with exact versions, in a folder of the cache; resolves with its node_modules. */
export async function npmPackages(name, versions) {
  const words = Object.entries(versions).map(([one, version]) => `${one}@${version}`);
  const home = await cached(`npm-${name}-${digest(words.join())}`, (part) =>
    runGently('npm', [
      'install',
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--loglevel',
      'error',
      '--prefix',
      part,
      ...words,
    ]),
  );
  return join(home, 'node_modules');
}

/** Copies what the pom asks for into a folder. By itself Maven waits for half an hour for an archive that says nothing. */
export async function runMaven(pom, folder) {
  await installPackages([{ package: 'maven', programs: ['mvn'] }]);
  const limits = [
    '-Dmaven.wagon.http.readTimeout=30000',
    '-Daether.connector.requestTimeout=30000',
    '-Daether.connector.connectTimeout=10000',
  ];
  const copy = () => runGently('mvn', ['-q', '-B', ...limits, '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`]);
  await copy().catch(copy);
}

export const digestOf = async (file) => digest(await readFile(file));
const digest = (content) => createHash('sha256').update(content).digest('hex').slice(0, 12);

/** A build that leaves the machine to others. */
export function runGently(command, args, env = {}) {
  if (findProgram(command) === null) throw new Error(`${command} is needed to build this server and is not installed.`);
  return run(command, args, env, 10);
}

/** No build here takes as long; a program that does waits for an answer that will not come. */
const longestMs = 20 * 60_000;

function run(command, args, env, niceness = 0) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: longestMs });
    if (child.pid !== undefined && niceness > getPriority()) setPriority(child.pid, niceness);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args[0]} ended with ${code ?? signal}:\n${said.trim()}`)),
    );
  });
}

/** Two builds at once would fill a small machine, and Maven's own cache does not bear two writers. */
let lastBuild = Promise.resolve();
function oneAtATime(build) {
  const result = lastBuild.then(build);
  lastBuild = result.catch(() => undefined);
  return result;
}

const policyFile = '/usr/sbin/policy-rc.d';
const policy = '#!/bin/sh\n# Placed by scripts/services for the length of an installation.\nexit 101\n';

/** Debian starts a server as it installs it; these are wanted on ports of their own only. */
async function withoutSystemServices(install) {
  const isOurs = !existsSync(policyFile) || (await readFile(policyFile, 'utf8')) === policy;
  if (isOurs) await writeFile(policyFile, policy, { mode: 0o755 });
  try {
    await install();
  } finally {
    if (isOurs) await rm(policyFile, { force: true });
  }
}
