// One at a time: a file names the process that is at work, and one that is not there any more has left it behind.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bornAt, isAlive } from './services/processes.mjs';

/** Does the work when nobody else holds `lock`, and answers what it answers. Throws when another holds it for longer than `patienceMs`. */
export async function alone(lock, action, patienceMs = 20 * 60_000) {
  await mkdir(dirname(lock), { recursive: true });
  const giveUpAt = performance.now() + patienceMs;
  while (!(await take(lock))) {
    if (performance.now() > giveUpAt)
      throw new Error(`process ${await readFile(lock, 'utf8')} has been at work too long; it holds ${lock}.`);
    await sleep(200);
  }
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock) {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(`${process.pid} ${bornAt(process.pid)}`);
    await file.close();
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = await holderOf(lock);
    // An empty file is one that is being written, or was left by a program killed at that instant: the second look decides.
    if (holder === '') await sleep(200);
    if ((await holderOf(lock)) === holder && !isRunning(holder)) await rm(lock, { force: true });
    return false;
  }
}

const holderOf = (lock) => readFile(lock, 'utf8').catch(() => '');

/** By id and start time: an id alone may be that of another program by now, or of one that has ended and was not waited for. */
function isRunning(holder) {
  const [pid, born] = holder.split(' ');
  return Number(pid) > 0 && isAlive({ pid: Number(pid), born: born === 'null' ? null : born });
}
