import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../install.mjs';
import { answersWith, isListening } from '../probe.mjs';

/** The wrapper on PATH switches to a user of its own and to the system's directories. */
const program = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const startOfAmqp = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);
/** A method frame on channel 0. */
const methodFrame = 1;

export const rabbitmq = {
  name: 'rabbitmq',
  ports: { main: 672, distribution: 673, epmd: 369 },
  packages: [{ package: 'rabbitmq-server', programs: [program] }],
  async processes({ directory, ports }) {
    await writeFile(join(directory, 'rabbitmq.conf'), `listeners.tcp.local = 127.0.0.1:${ports.main}\n`);
    await writeFile(join(directory, 'enabled_plugins'), '[].\n');
    return [
      {
        // Erlang would start one by itself and leave it behind; one that was there before is one whose end is ours.
        label: 'epmd',
        command: findEpmd(),
        args: ['-address', '127.0.0.1', '-port', String(ports.epmd)],
        env: { HOME: directory },
        isReady: () => isListening(ports.epmd),
      },
      {
        label: 'rabbitmq-server',
        command: program,
        args: [],
        env: environmentOf(directory, ports),
      },
    ];
  },
  isReady: ({ ports }) => answersWith(ports.main, startOfAmqp, (received) => received[0] === methodFrame && received.includes('RabbitMQ')),
  variables: ({ ports }) => ({ AMQP_URL: `amqp://guest:guest@127.0.0.1:${ports.main}` }),
};

const environmentOf = (directory, ports) => ({
  HOME: directory,
  RABBITMQ_NODENAME: 'confab@localhost',
  RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
  RABBITMQ_LOG_BASE: join(directory, 'logs'),
  RABBITMQ_LOGS: '-',
  RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq.conf'),
  RABBITMQ_CONF_ENV_FILE: join(directory, 'none'),
  RABBITMQ_PID_FILE: join(directory, 'pid'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
  RABBITMQ_DIST_PORT: String(ports.distribution),
  ERL_EPMD_ADDRESS: '127.0.0.1',
  ERL_EPMD_PORT: String(ports.epmd),
  // Its schedulers spin for a while after each task, which two cores shared with the tests cannot spare.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
});

function findEpmd() {
  const found = findProgram('epmd', '/usr/lib/erlang/bin/epmd');
  if (found === null || !existsSync(program)) throw new Error('Erlang is not installed as Debian installs it.');
  return found;
}
