// What is known of a started server: a file in its directory, written before the server can answer.
import { readdirSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './places.mjs';
import { isAlive } from './processes.mjs';

const fileOf = (place) => join(place.directory, 'service.json');
export const logOf = (place) => join(place.directory, 'log');

/** `{ processes, variables }`, or null where it was not started. */
export async function readState(place) {
  const text = await readFile(fileOf(place), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

export async function writeState(place, state) {
  const draft = `${fileOf(place)}.new`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`);
  await rename(draft, fileOf(place));
}

export const forget = (place) => rm(fileOf(place), { force: true });

export async function makeDirectory(place) {
  await mkdir(place.directory, { recursive: true, mode: 0o700 });
}

/** The server's directory, and with the last one the root. */
export async function removeDirectory(place) {
  await rm(place.directory, { recursive: true, force: true, maxRetries: 5 });
  if (listed(root).length === 0) await rmdir(root).catch(ignoreAbsence);
}

/** One `up` or `down` at a time; another waits its turn. */
export async function alone(action) {
  const lock = `${root}.lock`;
  await mkdir(dirname(root), { recursive: true });
  while (!(await take(lock))) await sleep(200);
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock) {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(await readFile(lock, 'utf8').catch(() => '0'));
    // An empty file is one that is being written, or was left by a program killed at that instant: the second look decides.
    if (holder === 0) await sleep(200);
    const again = Number(await readFile(lock, 'utf8').catch(() => '0'));
    if (again === holder && !isRunning(holder)) await rm(lock, { force: true });
    return false;
  }
}

function isRunning(pid) {
  return pid > 0 && isAliveById(pid);
}

function isAliveById(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

export const isWhole = (state) => state.processes.every(isAlive);

const listed = (directory) => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};

function ignoreAbsence(error) {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY') throw error;
}
