// Starts servers: those that are up and answer are left alone, those that crashed or hang are started again on their data.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isComposed, startInDocker } from './docker.mjs';
import { endProcesses } from './down.mjs';
import { findProgram, installPackages } from './install.mjs';
import { placeOf, portBase } from './places.mjs';
import { isListening } from './probe.mjs';
import { isAlive, startDetached } from './processes.mjs';
import { isWhole, logOf, makeDirectory, readState, writeState } from './state.mjs';

const patienceMs = 90_000;
/** A server that does not answer probably ignores a request to end, too. */
const hungGraceMs = 3000;
const tickMs = 50;

/** Resolves with one outcome for each: `{ name, outcome: 'was up' | 'started' | 'repaired' | 'failed', seconds, error? }`. */
export async function up(servers, { inDocker = false } = {}) {
  const refusal = inDocker ? null : await installPackages(servers.flatMap(({ packages }) => packages ?? [])).catch((error) => error);
  const isMissing = (server) => (server.packages ?? []).some(({ programs }) => findProgram(...programs) === null);
  return Promise.all(
    servers.map(async (server) => {
      if (refusal !== null && isMissing(server)) return { name: server.name, outcome: 'failed', seconds: 0, error: refusal };
      return timed(server, () => bring(server, inDocker));
    }),
  );
}

async function timed(server, action) {
  const before = performance.now();
  const since = () => (performance.now() - before) / 1000;
  try {
    return { name: server.name, outcome: await action(), seconds: since() };
  } catch (error) {
    return { name: server.name, outcome: 'failed', seconds: since(), error };
  }
}

async function bring(server, inDocker) {
  const place = placeOf(server);
  const state = await readState(place);
  if (state !== null && isWhole(state) && (await server.isReady(place))) return 'was up';
  await endProcesses(server, place, state, hungGraceMs);
  await refuseTakenPorts(place);
  await makeDirectory(place);
  if (inDocker && (await isComposed(server, place))) await startThere(server, place);
  else await startHere(server, place);
  return state === null ? 'started' : 'repaired';
}

async function startHere(server, place) {
  await server.prepare?.();
  const started = [];
  try {
    for (const one of await server.processes(place)) {
      const identity = await startDetached(one, { directory: place.directory, log: logOf(place) });
      started.push({ label: one.label, ...identity });
      await writeState(place, { processes: started, variables: server.variables(place) });
      if (one.isReady !== undefined) await ready(one.isReady, started, place);
    }
    await ready(() => server.isReady(place), started, place);
  } catch (error) {
    await endProcesses(server, place, { processes: started });
    throw error;
  }
}

async function startThere(server, place) {
  const state = { inDocker: true, processes: [], variables: server.variables(place) };
  await writeState(place, state);
  try {
    await startInDocker(server, place);
    await ready(() => server.isReady(place), [], place);
  } catch (error) {
    await endProcesses(server, place, state);
    throw error;
  }
}

async function ready(isReady, started, place) {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await isReady())) {
    const gone = started.find((one) => !isAlive(one));
    if (gone !== undefined) throw new Error(`${gone.label} ended by itself. The end of ${logOf(place)}:\n${await lastLines(logOf(place))}`);
    if (performance.now() > giveUpAt)
      throw new Error(`no answer after ${patienceMs / 1000} s. The end of ${logOf(place)}:\n${await lastLines(logOf(place))}`);
    await sleep(tickMs);
  }
}

async function refuseTakenPorts({ ports }) {
  for (const port of new Set(Object.values(ports))) {
    if (!(await isListening(port))) continue;
    throw new Error(
      `port ${port} is taken by a program that was not started here; set CONFAB_SERVICES_PORT_BASE to other than ${portBase}.`,
    );
  }
}

const lastLines = async (file) => (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').slice(-15).join('\n');
