import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../install.mjs';
import { isFound } from '../probe.mjs';

/** Scrapes what the files of its target directory name, so that a test adds the servers it starts. */
export const prometheus = {
  name: 'prometheus',
  ports: { main: 990 },
  packages: [{ package: 'prometheus', programs: ['prometheus'] }],
  async processes({ directory, ports }) {
    await mkdir(targetsOf(directory), { recursive: true });
    await writeFile(join(directory, 'prometheus.yml'), configurationOf(directory));
    return [
      {
        label: 'prometheus',
        command: findProgram('prometheus'),
        args: [
          `--config.file=${join(directory, 'prometheus.yml')}`,
          `--storage.tsdb.path=${join(directory, 'data')}`,
          `--web.listen-address=127.0.0.1:${ports.main}`,
          '--web.enable-lifecycle',
          '--log.level=warn',
        ],
      },
    ];
  },
  isReady: ({ ports }) => isFound(ports.main, '/-/ready'),
  variables: ({ directory, ports }) => ({ PROMETHEUS_URL: `http://127.0.0.1:${ports.main}`, PROMETHEUS_TARGETS: targetsOf(directory) }),
};

const targetsOf = (directory) => join(directory, 'targets');

const configurationOf = (directory) => `global:
  scrape_interval: 1s
scrape_configs:
  - job_name: confab
    file_sd_configs:
      - files: ['${targetsOf(directory)}/*.json']
        refresh_interval: 1s
`;
