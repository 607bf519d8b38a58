import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../install.mjs';
import { answersWith } from '../probe.mjs';

const secret = 'confab-test-turn-secret';
/** A STUN binding request (RFC 8489) and the type of its success response. */
const bindingRequest = Buffer.from('000100002112a442636f6e6661622d7465737421', 'hex');
const bindingSuccess = 0x0101;

export const coturn = {
  name: 'coturn',
  // The relayed media takes the ports from `relay` up to `last`.
  ports: { main: 478, relay: 500, last: 599 },
  packages: [{ package: 'coturn', programs: ['turnserver'] }],
  async processes({ directory, ports }) {
    const file = join(directory, 'turnserver.conf');
    await writeFile(file, `${linesOf(directory, ports).join('\n')}\n`);
    return [
      {
        label: 'turnserver',
        command: findProgram('turnserver'),
        args: ['-c', file],
      },
    ];
  },
  isReady: ({ ports }) =>
    answersWith(ports.main, bindingRequest, (received) => received.length >= 2 && received.readUInt16BE() === bindingSuccess),
  variables: ({ ports }) => ({
    TURN_URLS: `turn:127.0.0.1:${ports.main}?transport=udp,turn:127.0.0.1:${ports.main}?transport=tcp`,
    TURN_SECRET: secret,
  }),
};

const linesOf = (directory, ports) => [
  'listening-ip=127.0.0.1',
  'relay-ip=127.0.0.1',
  `listening-port=${ports.main}`,
  `min-port=${ports.relay}`,
  `max-port=${ports.last}`,
  'realm=confab.test',
  'use-auth-secret',
  `static-auth-secret=${secret}`,
  'fingerprint',
  'no-tls',
  'no-dtls',
  'no-cli',
  'cli-password=unused',
  'no-multicast-peers',
  // For tests alone: both ends of a call are on this machine, and without it their relay is refused with 403.
  'allow-loopback-peers',
  'log-file=stdout',
  'simple-log',
  `pidfile=${join(directory, 'turnserver.pid')}`,
  `userdb=${join(directory, 'turndb')}`,
];
