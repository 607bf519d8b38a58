import { join } from 'node:path';
import { cached, digestOf, findProgram, runMaven } from '../install.mjs';
import { recipes } from '../places.mjs';
import { answersWith } from '../probe.mjs';

const recipe = join(recipes, 'mongodb');
const pom = join(recipe, 'pom.xml');

/** MongoDB's wire protocol in front of an H2 file, where no mongod is to be had. docs/services.md says what it cannot do. */
export const mongodb = {
  name: 'mongodb',
  ports: { main: 117 },
  packages: [{ package: 'openjdk-17-jdk-headless', programs: ['javac'] }],
  async prepare() {
    await libraries();
  },
  async processes({ directory, ports }) {
    const args = ['-Xmx768m', '-XX:+UseSerialGC', '-cp', join(await libraries(), '*'), join(recipe, 'MongoTestServer.java')];
    return [
      {
        label: 'java',
        command: findProgram('java'),
        args: [...args, String(ports.main), join(directory, 'db')],
      },
    ];
  },
  isReady: ({ ports }) => answersWith(ports.main, ping, (received) => received.includes('ok\0')),
  variables: ({ ports }) => ({ MONGO_URL: `mongodb://127.0.0.1:${ports.main}/confab?directConnection=true` }),
};

const libraries = async () => cached(`mongodb-${await digestOf(pom)}`, (part) => runMaven(pom, part));

/** OP_MSG with `{ ping: 1, $db: 'admin' }`. */
const ping = (() => {
  const document = Buffer.concat([
    Buffer.from([0x10]),
    Buffer.from('ping\0'),
    int32(1),
    Buffer.from([0x02]),
    Buffer.from('$db\0'),
    int32(6),
    Buffer.from('admin\0'),
    Buffer.from([0]),
  ]);
  const body = Buffer.concat([int32(0), Buffer.from([0]), int32(document.length + 4), document]);
  return Buffer.concat([int32(body.length + 16), int32(1), int32(0), int32(2013), body]);
})();

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
