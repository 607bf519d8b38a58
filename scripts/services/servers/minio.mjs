import { join } from 'node:path';
import { cached, findProgram, runGently } from '../install.mjs';
import { isFound } from '../probe.mjs';

const version = 'v0.0.0-20260212201848-7aac2a2c5b7c';
const credentials = { S3_ACCESS_KEY: 'confab-test', S3_SECRET_KEY: 'confab-test-secret' };

export const minio = {
  name: 'minio',
  ports: { main: 900 },
  async prepare() {
    await program();
  },
  async processes({ directory, ports }) {
    return [
      {
        label: 'minio',
        command: await program(),
        args: ['server', '--quiet', '--address', `127.0.0.1:${ports.main}`, join(directory, 'data')],
        env: {
          HOME: directory,
          MINIO_ROOT_USER: credentials.S3_ACCESS_KEY,
          MINIO_ROOT_PASSWORD: credentials.S3_SECRET_KEY,
          MINIO_BROWSER: 'off',
          MINIO_UPDATE: 'off',
        },
      },
    ];
  },
  isReady: ({ ports }) => isFound(ports.main, '/minio/health/ready'),
  variables: ({ ports }) => ({
    S3_ENDPOINT: `http://127.0.0.1:${ports.main}`,
    S3_BUCKET: 'confab-test',
    S3_REGION: 'us-east-1',
    ...credentials,
  }),
};

/** The vendor offers no package for Debian; the program itself builds from the Go module. */
async function program() {
  const installed = findProgram('minio');
  if (installed !== null) return installed;
  const folder = await cached(`minio-${version.slice(-12)}`, (part) =>
    runGently('go', ['install', '-p', '1', `github.com/minio/minio@${version}`], { GOBIN: part }),
  );
  return join(folder, 'minio');
}
