import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface CpuTime {
  /** Seconds of user and system time of everything but the database. */
  readonly app: number;
  /** Seconds of the PostgreSQL processes. */
  readonly database: number;
}

// USER_HZ: what /proc/<pid>/stat counts in; fixed at 100 on every Linux that Node runs on.
const ticksPerSecond = 100;

/** Every live process of a tree, children before parents. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const pid of allProcesses()) {
    const parent = statOf(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const walk = (pid: number): void => {
    for (const child of children.get(pid) ?? []) walk(child);
    found.push(pid);
  };
  walk(root);
  return found;
}

/** CPU time a tree has used so far. A child that ended is in its parent's account, so differences stay right. */
export function cpuTime(root: number): CpuTime {
  const used = { app: 0, database: 0 };
  for (const pid of processTree(root)) used[isPostgres(pid) ? 'database' : 'app'] += (statOf(pid)?.ticks ?? 0) / ticksPerSecond;
  return used;
}

/** Resident memory of a tree in KB; pages shared between processes count in each, as `ps` and `top` show it. */
export function residentKb(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + ownResidentKb(pid), 0);
}

/** Of the process alone, without its children. */
export const ownResidentKb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0);

/** The same with shared pages divided among their users: what the tree really takes from the machine. */
export function proportionalKb(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + Number(/\nPss:\s+(\d+)/.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0), 0);
}

export function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export function isPostgres(pid: number): boolean {
  return executableOf(pid).endsWith('/postgres');
}

/** Runs Node itself, and is not npm, which only waits for it. */
export function isServerNode(pid: number): boolean {
  return executableOf(pid).endsWith('/node') && !/^npm|npm(-cli)?(\.js)?\0/.test(readProc(pid, 'cmdline'));
}

export function parentOf(pid: number): number | undefined {
  return statOf(pid)?.parent;
}

/** A zombie or a vanished process is not alive. */
export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

export function workingDirectoryOf(pid: number): string {
  return linkOf(pid, 'cwd');
}

/** What a process was started with under a name of its environment; undefined when it has none, or is not ours to read. */
export function environmentOf(pid: number, name: string): string | undefined {
  const entry = readProc(pid, 'environ')
    .split('\0')
    .find((line) => line.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): Stat | undefined {
  const line = readProc(pid, 'stat');
  // The command's name may hold spaces and brackets: fields are counted behind its last bracket.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  if (line === '') return undefined;
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { state: fields[0] ?? 'X', parent: Number(fields[1]), ticks };
}

function executableOf(pid: number): string {
  return linkOf(pid, 'exe').replace(/ \(deleted\)$/, '');
}

function linkOf(pid: number, name: string): string {
  try {
    return readlinkSync(`/proc/${String(pid)}/${name}`);
  } catch {
    return '';
  }
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
