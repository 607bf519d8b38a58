import { access, constants, stat } from 'node:fs/promises';
import { createServer, isIP } from 'node:net';
import { makeDirectory } from '../infra/files/private-files.ts';
import { freeBytes } from '../infra/files/free-bytes.ts';
import type { Finding } from '../kernel/health.ts';
import { roomyBytes } from '../kernel/disk-room.ts';
import { brokerChecks } from './doctor-broker.ts';
import { overviewChecks } from './doctor-database.ts';
import type { Config } from './config.ts';
import { moduleFindings } from './modules.ts';
import { endedNode } from './node-release.ts';
import { version } from './root.ts';

/** Looks at everything a start needs and at what a running team needs; prints a line each. Answers the exit code. */
export async function doctor(config: Config, print: (line: string) => void): Promise<number> {
  const findings = [nodeVersion(), await dataDirectory(config), await diskRoom(config), await portState(config), publicUrl(config)];
  findings.push(...(await overviewChecks(config)), ...(await brokerChecks(config)), ...(await moduleFindings(config)));
  print(`Confab ${version}`);
  for (const { ok, what } of findings) print(`${ok ? 'ok   ' : 'FAULT'} ${what}`);
  const faults = findings.filter(({ ok }) => !ok).length;
  print(faults === 0 ? 'Nothing is wrong.' : `${String(faults)} ${faults === 1 ? 'thing needs' : 'things need'} attention.`);
  return faults === 0 ? 0 : 1;
}

function nodeVersion(): Finding {
  // One that is too old was refused before this program was loaded (`scripts/require-node.mjs`).
  const { node } = process.versions;
  return { ok: true, what: endedNode(node, new Date()) ?? `Node ${node}` };
}

async function dataDirectory({ dataDir }: Config): Promise<Finding> {
  try {
    await makeDirectory(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK);
    const isOpen = process.platform !== 'win32' && ((await stat(dataDir)).mode & 0o077) !== 0;
    return {
      ok: true,
      what: `data directory ${dataDir}${isOpen ? ' (other users may read it: the next start sets its mode to 0700)' : ''}`,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, what: code === undefined ? message : `data directory ${dataDir} cannot be written (${code}): set CONFAB_DATA_DIR` };
  }
}

async function diskRoom({ dataDir }: Config): Promise<Finding> {
  const free = await freeBytes(dataDir);
  if (free === null) return { ok: false, what: 'free disk space is unknown' };
  return {
    ok: free >= roomyBytes,
    what: `${(free / 2 ** 30).toFixed(1)} GiB of disk are free${free >= roomyBytes ? '' : ': less than one is left. Free space or enlarge the disk: without any, nothing can be stored'}`,
  };
}

async function portState({ port, host }: Config): Promise<Finding> {
  const answers = await fetch(`http://${reachedAt(host)}:${String(port)}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
    () => null,
  );
  if (answers)
    return {
      ok: answers.ok,
      what: answers.ok
        ? `a server answers on port ${String(port)} and is ready`
        : `port ${String(port)} answers ${String(answers.status)}: see GET /health/ready`,
    };
  const free = await canListen(port, host);
  return {
    ok: free,
    what: free
      ? `port ${String(port)} is free; no server runs there`
      : `port ${String(port)} is taken by another program, or CONFAB_HOST is no address of this machine: set PORT or CONFAB_HOST`,
  };
}

/** Where a server that listens on `host` answers from this machine, as a URL writes it. */
export function reachedAt(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0') return '127.0.0.1';
  if (isIP(host.replace(/%.*$/, '')) !== 6) return host;
  return host === '::' ? '[::1]' : `[${host}]`;
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, ...(host === undefined ? {} : { host }) }, () =>
      probe.close(() => {
        resolve(true);
      }),
    );
  });
}

function publicUrl({ publicUrl: url, publicUrlIsGiven }: Config): Finding {
  const isPlainPublic = url.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(url);
  if (!publicUrlIsGiven)
    return { ok: true, what: `public URL ${url} (not set: invite links work on this machine only; set CONFAB_PUBLIC_URL)` };
  return { ok: true, what: `public URL ${url}${isPlainPublic ? ' (no TLS: browsers will refuse notifications, passkeys and calls)' : ''}` };
}
