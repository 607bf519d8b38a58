// Detached processes: started with a log and a mark of their own, known again by id and start time, ended with all they started.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** In the environment of every server: whose it is. */
const mark = 'CONFAB_SERVICES_PLACE';
const tickMs = 50;

/** Starts it so that it outlives this program. Resolves with what recognises it later; rejects when there is no such program. */
export async function startDetached({ command, args, env = {}, cwd, identity = {} }, { directory, log }) {
  const out = openSync(log, 'a');
  try {
    const child = spawn(command, args, {
      ...identity,
      cwd: cwd ?? directory,
      env: { ...process.env, ...env, [mark]: directory },
      detached: true,
      stdio: ['ignore', out, out],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return { pid: child.pid, born: bornAt(child.pid) };
  } finally {
    closeSync(out);
  }
}

/** Whether it is this very process, not a later one that was given its id. */
export function isAlive({ pid, born }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return bornAt(pid) === born;
}

/** Ends it in order, then by force, together with whatever it started. */
export async function end(one, signal, graceMs) {
  if (!isAlive(one)) return;
  const family = [one, ...descendantsOf(one.pid)];
  send(one, signal);
  if (!(await areGone([one], graceMs))) send(one, 'SIGKILL');
  if (await areGone(family, tickMs * 10)) return;
  for (const member of family) send(member, 'SIGKILL');
  await areGone(family, 5000);
}

/** Ends it and all it started at once, as a crash would. */
export function crash(one) {
  if (!isAlive(one)) return;
  for (const member of [one, ...descendantsOf(one.pid)]) send(member, 'SIGKILL');
}

/** Whatever still carries the mark of this directory, e.g. after a start that was itself killed. */
export function straysOf(directory) {
  return processTable()
    .filter(({ pid }) => pid !== process.pid && environmentOf(pid).includes(`${mark}=${directory}`))
    .map(({ pid }) => ({ pid, born: bornAt(pid) }));
}

/** Of the process and all it started, in bytes; shared pages are counted once. 0 where the system does not say. */
export function memoryOf(pid) {
  return [pid, ...descendantsOf(pid).map((one) => one.pid)].reduce((sum, id) => sum + proportionalKilobytes(id) * 1024, 0);
}

function proportionalKilobytes(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function areGone(ones, withinMs) {
  for (let waitedMs = 0; ones.some(isAlive); waitedMs += tickMs) {
    if (waitedMs >= withinMs) return false;
    await sleep(tickMs);
  }
  return true;
}

function send(one, signal) {
  if (!isAlive(one)) return;
  try {
    process.kill(one.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function descendantsOf(pid) {
  const table = processTable();
  const found = [pid];
  for (const parent of found) found.push(...table.filter((entry) => entry.parent === parent).map((entry) => entry.pid));
  return found.slice(1).map((id) => ({ pid: id, born: bornAt(id) }));
}

/** Read from /proc on Linux; elsewhere a server is known by its process id alone. */
function processTable() {
  const ids = listed('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(Number).flatMap((pid) => {
    const fields = statusOf(pid);
    return fields === null ? [] : [{ pid, parent: Number(fields[1]) }];
  });
}

/** Clock ticks between the start of the machine and that of the process; null when it has ended. */
export function bornAt(pid) {
  const fields = statusOf(pid);
  return fields === null || fields[0] === 'Z' ? null : fields[19];
}

/** The fields of /proc/PID/stat after the name, which may hold spaces. */
function statusOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return null;
  }
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function listed(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
