import { join } from 'node:path';
import { npmPackages } from '../install.mjs';
import { answersWith } from '../probe.mjs';

/** The account and key that every copy of this emulator is born with; they are printed in its manual. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export const azurite = {
  name: 'azurite',
  ports: { main: 100 },
  async prepare() {
    await packages();
  },
  async processes({ directory, ports }) {
    const program = join(await packages(), 'azurite', 'dist', 'src', 'blob', 'main.js');
    const where = ['--blobHost', '127.0.0.1', '--blobPort', String(ports.main), '--location', join(directory, 'data')];
    return [
      {
        label: 'node',
        command: process.execPath,
        args: [program, ...where, '--skipApiVersionCheck', '--disableTelemetry', '--silent'],
      },
    ];
  },
  isReady: ({ ports }) =>
    answersWith(ports.main, 'GET /?comp=list HTTP/1.1\r\nHost: localhost\r\n\r\n', (received) => received.includes('Azurite')),
  variables: ({ ports }) => ({
    AZURE_STORAGE_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${ports.main}/${account};`,
  }),
};

const packages = () => npmPackages('azurite', { azurite: '3.35.0' });
