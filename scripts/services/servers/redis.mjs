import { findProgram } from '../install.mjs';
import { answersWith } from '../probe.mjs';

export const redis = {
  name: 'redis',
  ports: { main: 379 },
  packages: [{ package: 'redis-server', programs: ['redis-server'] }],
  // In memory only: what a restart finds is empty, which is what its users must bear.
  processes: ({ ports }) => [
    {
      label: 'redis-server',
      command: findProgram('redis-server'),
      args: [
        ...['--port', ports.main, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
        ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
      ].map(String),
    },
  ],
  isReady: ({ ports }) => answersWith(ports.main, 'PING\r\n', (received) => received.toString().startsWith('+PONG')),
  variables: ({ ports }) => ({ REDIS_URL: `redis://127.0.0.1:${ports.main}` }),
};
