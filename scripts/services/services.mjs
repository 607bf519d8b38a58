#!/usr/bin/env node
// Real servers for development and tests, on loopback, without Docker. See docs/services.md.
import '../require-node.mjs';
import { parseArgs } from 'node:util';
import { catalogue, serversNamed } from './catalogue.mjs';
import { requireEngine } from './docker.mjs';
import { down } from './down.mjs';
import { placeOf } from './places.mjs';
import { isListening } from './probe.mjs';
import { crash, memoryOf } from './processes.mjs';
import { alone, isWhole, logOf, readState } from './state.mjs';
import { up } from './up.mjs';

const usage = `Usage: npm run services -- COMMAND [names] [options]
  up [names] [--docker]    start them, or repair what crashed; those that are up stay as they are
  down [names] [--keep]    stop them and remove their data; --keep leaves the data for the next up
  kill NAMES               crash them (SIGKILL): the next up repairs them on the data they had
  status [names] [--json]  which are up, where, and how much memory they take
  env [names] [--plain]    export lines of those that are up, as CONFAB_TEST_REDIS_URL; --plain gives the names a server reads
Names: ${catalogue.map(({ name }) => name).join(', ')}; none means all.`;

const commands = {
  async up(servers, { docker }) {
    if (docker) await requireEngine();
    const outcomes = await alone(() => up(servers, { inDocker: docker }));
    for (const one of outcomes) console.log(lineOf(one));
    const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
    if (failed.length > 0) return 1;
    console.log('\nTo let the suites use them: eval "$(npm run -s services -- env)"');
    return 0;
  },

  async down(servers, { keep }) {
    const ended = await alone(() => down(servers, { keep }));
    console.log(ended.length === 0 ? 'Nothing was up.' : `Stopped: ${ended.join(', ')}.`);
    return 0;
  },

  async kill(servers) {
    for (const server of servers) {
      const state = await readState(placeOf(server));
      if (state?.inDocker) throw new Error(`${server.name} runs in Docker: docker kill is the way to crash it.`);
      state?.processes.forEach(crash);
    }
    return 0;
  },

  async status(servers, { json }) {
    const seen = await Promise.all(servers.map(look));
    if (json) console.log(JSON.stringify(seen, null, 2));
    else for (const one of seen) console.log(rowOf(one));
    return 0;
  },

  async env(servers, { plain }) {
    const states = await Promise.all(servers.map(async (server) => readState(placeOf(server))));
    const isUp = (state) => state !== null && isWhole(state);
    for (const { variables } of states.filter(isUp)) {
      for (const [name, value] of Object.entries(variables)) console.log(`export ${plain ? '' : 'CONFAB_TEST_'}${name}=${quoted(value)}`);
    }
    const missing = servers.filter((_, index) => !isUp(states[index])).map(({ name }) => name);
    if (missing.length > 0) console.error(`Not up: ${missing.join(', ')}.`);
    return 0;
  },
};

async function look(server) {
  const place = placeOf(server);
  const state = await readState(place);
  const port = place.ports.main;
  if (state === null)
    return { name: server.name, state: (await isListening(port)) ? 'port taken' : 'down', port, processes: [], memoryBytes: 0 };
  const isUp = isWhole(state) && (await server.isReady(place));
  return {
    name: server.name,
    state: isUp ? 'up' : isWhole(state) ? 'not answering' : 'crashed',
    port,
    processes: state.processes.map(({ label, pid }) => ({ label, pid })),
    memoryBytes: state.processes.reduce((sum, { pid }) => sum + memoryOf(pid), 0),
    log: logOf(place),
  };
}

function rowOf({ name, state, port, memoryBytes, processes, log = '' }) {
  const memory = memoryBytes === 0 ? '' : `${Math.round(memoryBytes / 2 ** 20)} MB`;
  const pids = processes.map(({ pid }) => pid).join(' ');
  return [name.padEnd(14), state.padEnd(14), String(port).padEnd(6), memory.padStart(7), pids.padEnd(16), log].join(' ').trimEnd();
}

const lineOf = ({ name, outcome, seconds, error }) =>
  `${name.padEnd(14)} ${outcome.padEnd(9)} ${seconds.toFixed(1).padStart(5)} s${error ? `  ${error.message}` : ''}`;
const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;

async function main() {
  const options = {
    docker: { type: 'boolean' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
    plain: { type: 'boolean' },
    help: { type: 'boolean' },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command = '', ...names] = positionals;
  if (values.help || !Object.hasOwn(commands, command)) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  if (command === 'kill' && names.length === 0) throw new Error('Name what to kill.');
  return commands[command](serversNamed(names), values);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
