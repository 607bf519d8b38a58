// node scripts/services/selfcheck.mjs [names | all]: the promises of docs/services.md, kept on ports and in a directory of its own.
// Starts the servers, talks to each, starts them again (nothing new), kills each and starts them again (repaired), stops them,
// and looks for what they left. Ends with 1 when a promise was not kept.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

process.env.CONFAB_SERVICES_PORT_BASE ??= '28000';
process.env.CONFAB_SERVICES_DIR ??= join(tmpdir(), 'confab-services-selfcheck');
// After the two lines above: these modules read the environment as they load.
const { serversNamed } = await import('./catalogue.mjs');
const { conversations } = await import('./conversations.mjs');
const { down } = await import('./down.mjs');
const { placeOf, root } = await import('./places.mjs');
const { isListening } = await import('./probe.mjs');
const { isAlive, memoryOf, straysOf } = await import('./processes.mjs');
const { readState } = await import('./state.mjs');
const { up } = await import('./up.mjs');

const asked = process.argv.slice(2);
const usual = ['postgres', 'redis', 'rabbitmq', 'mongodb'];
const servers = serversNamed(asked[0] === 'all' ? [] : asked.length > 0 ? asked : usual);
const report = new Map(servers.map(({ name }) => [name, {}]));
const everStarted = [];

async function bringUp(expected, column) {
  const before = performance.now();
  const outcomes = await up(servers);
  for (const { name, outcome, seconds, error } of outcomes) {
    assert.equal(outcome, expected, `${name}: ${error?.message ?? outcome}`);
    report.get(name)[column] = Number(seconds.toFixed(1));
  }
  console.log(`${expected}: ${servers.length} in ${((performance.now() - before) / 1000).toFixed(1)} s`);
  const states = await Promise.all(servers.map((server) => readState(placeOf(server))));
  everStarted.push(...states.flatMap(({ processes }) => processes));
  return states;
}

async function talkToEach() {
  for (const server of servers) {
    const { variables } = await readState(placeOf(server));
    await conversations[server.name](variables).catch((cause) => {
      throw new Error(`${server.name} was spoken to and did not answer well`, { cause });
    });
  }
  console.log('Each was spoken to.');
}

async function testVariables() {
  const named = JSON.parse(await readFile(new URL('variables.json', import.meta.url), 'utf8'));
  for (const server of servers) {
    const { variables } = await readState(placeOf(server));
    assert.ok(
      Object.keys(variables).some((name) => `CONFAB_TEST_${name}` === named[server.name]),
      `variables.json names no variable of ${server.name}`,
    );
  }
}

async function killEach() {
  for (const server of servers) {
    const { processes } = await readState(placeOf(server));
    const victim = processes.at(-1);
    process.kill(victim.pid, 'SIGKILL');
    while (isAlive(victim)) await sleep(20);
  }
}

async function nothingIsLeft() {
  assert.deepEqual(everStarted.filter(isAlive), [], 'a process is left');
  for (const server of servers) {
    const { directory, ports } = placeOf(server);
    assert.deepEqual(straysOf(directory), [], `${server.name} left a process behind`);
    for (const port of Object.values(ports)) assert.ok(!(await isListening(port)), `${server.name} left port ${port} open`);
  }
  assert.ok(!existsSync(root), `${root} is left`);
  console.log('Nothing is left.');
}

try {
  const first = await bringUp('started', 'first s');
  await testVariables();
  await talkToEach();
  for (const server of servers) {
    const { processes } = await readState(placeOf(server));
    report.get(server.name).MB = Math.round(processes.reduce((sum, { pid }) => sum + memoryOf(pid), 0) / 2 ** 20);
  }
  const again = await bringUp('was up', 'again s');
  assert.deepEqual(again, first, 'a second up started something');
  await killEach();
  await bringUp('repaired', 'repaired s');
  await talkToEach();
} finally {
  const before = performance.now();
  await down(servers);
  console.log(`stopped in ${((performance.now() - before) / 1000).toFixed(1)} s`);
}
await nothingIsLeft();
console.table(Object.fromEntries(report));
