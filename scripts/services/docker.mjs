// The same servers from the images of docker-compose.yml, on the same ports, where a Docker engine answers.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { catalogue } from './catalogue.mjs';
import { placeOf, portBase, project } from './places.mjs';

const run = promisify(execFile);
const composition = ['compose', '--file', join(project, 'docker-compose.yml'), '--project-name', `confab-services-${portBase}`];

/** Throws where no engine answers. */
export async function requireEngine() {
  try {
    await run('docker', ['version', '--format', '{{.Server.Version}}']);
    await run('docker', ['compose', 'version']);
  } catch {
    throw new Error('No Docker engine with the compose command answers: leave out --docker to start the servers without it.');
  }
}

/** Whether the file has such a server; one that it has not is started here. */
export async function isComposed(server, place) {
  const { stdout } = await compose(place, 'config', '--services');
  return stdout.split('\n').includes(server.name);
}

export const startInDocker = (server, place) => compose(place, 'up', '--detach', '--wait', server.name);

export async function removeFromDocker(server, place) {
  await compose(place, 'rm', '--stop', '--force', '--volumes', server.name);
  const { stdout } = await compose(place, 'ps', '--all', '--quiet');
  if (stdout.trim() === '') await compose(place, 'down', '--volumes');
}

const compose = (place, ...words) =>
  run('docker', [...composition, ...words], {
    env: { ...process.env, ...portVariables(), PROMETHEUS_TARGETS: join(place.directory, 'targets') },
  });

/** `CONFAB_REDIS_PORT` and so on, as the file names them. */
function portVariables() {
  const entries = catalogue.flatMap((server) =>
    Object.entries(placeOf(server).ports).map(([use, port]) => [
      `CONFAB_${server.name}_${use === 'main' ? '' : `${use}_`}PORT`.toUpperCase(),
      String(port),
    ]),
  );
  return Object.fromEntries(entries);
}
