import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../install.mjs';
import { answersWith } from '../probe.mjs';

const ping = Buffer.from('zPING\0');

export const clamav = {
  name: 'clamav',
  ports: { main: 310 },
  packages: [{ package: 'clamav-daemon', programs: ['clamd', '/usr/sbin/clamd'] }],
  async processes({ directory, ports }) {
    const signatures = join(directory, 'signatures');
    await mkdir(signatures, { recursive: true });
    // The one signature that it knows, in place of a database of 300 MB: the file by which scanners are tested (eicar.org).
    await writeFile(join(signatures, 'test.ndb'), `Eicar-Test-Signature:0:0:${eicarInHex()}\n`);
    const file = join(directory, 'clamd.conf');
    await writeFile(file, `${linesOf(signatures, ports).join('\n')}\n`);
    return [{ label: 'clamd', command: findProgram('clamd', '/usr/sbin/clamd'), args: ['-c', file] }];
  },
  isReady: ({ ports }) => answersWith(ports.main, ping, (received) => received.toString().startsWith('PONG')),
  variables: ({ ports }) => ({ CLAMAV_URL: `tcp://127.0.0.1:${ports.main}` }),
};

/** Put together here, so that no scanner takes this file for it. */
const eicarInHex = () =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join('')).toString('hex');

const linesOf = (signatures, ports) => [
  'Foreground yes',
  `TCPSocket ${ports.main}`,
  'TCPAddr 127.0.0.1',
  `DatabaseDirectory ${signatures}`,
  'StreamMaxLength 8M',
  'SelfCheck 0',
  `User ${userInfo().username}`,
];
