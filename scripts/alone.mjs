// One at a time: a file names the process that is at work, and one that is not there any more has left it behind.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Does the work when nobody else holds `lock`, and answers what it answers. */
export async function alone(lock, action) {
  await mkdir(dirname(lock), { recursive: true });
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
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
