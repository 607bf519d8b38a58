// What is known of a started server: a file in its directory, written before the server can answer.
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone as takingTurns } from '../alone.mjs';
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
export const alone = (action) => takingTurns(`${root}.lock`, action);

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
