import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, digestOf, findProgram, runMaven } from '../install.mjs';
import { recipes } from '../places.mjs';
import { isFound } from '../probe.mjs';

const recipe = join(recipes, 'elasticsearch');
const pom = join(recipe, 'pom.xml');

export const elasticsearch = {
  name: 'elasticsearch',
  ports: { main: 820, transport: 920 },
  packages: [{ package: 'openjdk-17-jdk-headless', programs: ['javac'] }],
  async prepare() {
    await home();
  },
  async processes({ directory, ports }) {
    const installed = await home();
    const memory = ['-Xms384m', '-Xmx384m', '-XX:+UseSerialGC'];
    const modules = ['--module-path', join(installed, 'lib'), '--add-modules=ALL-MODULE-PATH'];
    const words = [String(ports.main), String(ports.transport), installed, join(directory, 'data')];
    return [
      {
        label: 'java',
        command: findProgram('java'),
        args: [...memory, ...modules, join(recipe, 'ElasticsearchTestServer.java'), ...words],
      },
    ];
  },
  isReady: ({ ports }) => isFound(ports.main, '/_cluster/health?wait_for_status=yellow&timeout=1s'),
  variables: ({ ports }) => ({ ELASTICSEARCH_URL: `http://127.0.0.1:${ports.main}` }),
};

/** The jars as Elasticsearch wants them laid out: its HTTP and transport are a plugin of their own. */
const home = async () =>
  cached(`elasticsearch-${await digestOf(pom)}`, async (part) => {
    const lib = join(part, 'lib');
    const plugin = join(part, 'modules', 'transport-netty4');
    await runMaven(pom, lib);
    await mkdir(plugin, { recursive: true });
    await mkdir(join(part, 'config'));
    const ofPlugin = (await readdir(lib)).filter((jar) => /^(netty|transport-netty4)-.*\.jar$/.test(jar));
    await Promise.all(ofPlugin.map((jar) => rename(join(lib, jar), join(plugin, jar))));
    await copyFile(join(recipe, 'plugin-descriptor.properties'), join(plugin, 'plugin-descriptor.properties'));
  });
