import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cruise, type Found, plant, root, specifier } from './cruise.ts';

const chat = 'src/modules/chat';

/** Who must not import what: each line is planted, alone in a file, and has to be found. */
const forbidden: readonly (readonly [from: string, to: string])[] = [
  ['src/contracts/chat/a.ts', 'src/kernel/errors.ts'],
  ['src/contracts/chat/b.ts', 'express'],
  ['src/kernel/a.ts', `${chat}/module.ts`],
  ['src/kernel/b.ts', 'src/gateway/limits.ts'],
  ['src/kernel/bus/a.ts', 'pg'],
  ['src/kernel/bus/b.ts', 'winston'],
  ['src/kernel/bus/c.ts', 'amqplib'],
  ['src/kernel/e.ts', 'src/infra/postgres/pg-database.ts'],
  ['src/kernel/f.ts', 'src/promote/copy.ts'],
  ['src/kernel/g.ts', 'node:fs'],
  ['src/kernel/h.ts', 'src/contracts/admin/jobs.ts'],
  ['src/kernel/i.ts', 'src/contracts/registry.ts'],
  ['src/kernel/j.ts', 'src/contracts/admin/settings.ts'],
  ['src/infra/postgres/d.ts', 'src/contracts/admin/settings.ts'],
  ['src/infra/postgres/c.ts', 'src/contracts/chat/events.ts'],
  ['src/kernel/module.ts', 'src/infra/mongo/mongo-database.ts'],
  ['src/kernel/c.ts', 'pg-boss'],
  ['src/kernel/d.ts', 'socket.io'],
  ['src/kernel/bus/d.ts', 'mongoose'],
  ['src/infra/postgres/a.ts', 'mongoose'],
  ['src/infra/postgres/b.ts', 'src/infra/mongo/mongo-database.ts'],
  ['src/infra/mongo/a.ts', 'pg'],
  ['src/infra/memory/a.ts', 'src/infra/rabbit/rabbit-bus.ts'],
  ['src/infra/redis/a.ts', 'amqplib'],
  ['src/infra/rabbit/a.ts', 'ioredis'],
  ['src/infra/cluster/a.ts', 'src/infra/redis/redis.ts'],
  ['src/infra/http/a.ts', 'express'],
  ['src/infra/http/b.ts', 'src/infra/rabbit/rabbit-bus.ts'],
  ['src/infra/telemetry/a.ts', 'express'],
  ['src/infra/jobs/a.ts', `${chat}/module.ts`],
  ['src/promote/a.ts', 'mongoose'],
  ['src/promote/b.ts', `${chat}/adapters/store.ts`],
  [`${chat}/domain/a.ts`, 'src/contracts/chat/entities.ts'],
  [`${chat}/domain/b.ts`, 'src/kernel/bus/bus.ts'],
  [`${chat}/domain/c.ts`, `${chat}/adapters/store.ts`],
  [`${chat}/domain/d.ts`, `${chat}/operations/send.ts`],
  [`${chat}/domain/e.ts`, 'node:fs'],
  [`${chat}/domain/f.ts`, 'pg'],
  ['src/modules/auth/policy.ts', 'src/modules/auth/adapters/store.ts'],
  [`${chat}/operations/a.ts`, 'src/modules/auth/domain/rules.ts'],
  [`${chat}/operations/b.ts`, 'src/modules/auth/module.ts'],
  [`${chat}/operations/c.ts`, `${chat}/adapters/store.ts`],
  [`${chat}/operations/d.ts`, 'src/gateway/limits.ts'],
  [`${chat}/operations/e.ts`, 'src/infra/postgres/pg-database.ts'],
  [`${chat}/operations/j.ts`, 'src/infra/mongo/mongo-database.ts'],
  [`${chat}/operations/f.ts`, 'express'],
  [`${chat}/operations/g.ts`, '@prisma/client'],
  [`${chat}/operations/h.ts`, `${chat}/module.ts`],
  [`${chat}/operations/i.ts`, 'node:fs'],
  [`${chat}/subscribers/a.ts`, 'src/modules/auth/domain/rules.ts'],
  [`${chat}/subscribers/b.ts`, `${chat}/adapters/store.ts`],
  [`${chat}/sharing.ts`, `${chat}/adapters/store.ts`],
  [`${chat}/adapters/a.ts`, 'src/modules/auth/adapters/store.ts'],
  [`${chat}/adapters/b.ts`, `${chat}/operations/send.ts`],
  [`${chat}/adapters/c.ts`, 'bcrypt'],
  [`${chat}/adapters/d.ts`, 'src/contracts/chat/entities.ts'],
  [`${chat}/adapters/e.ts`, 'socket.io'],
  [`${chat}/adapters/f.ts`, 'mongoose'],
  [`${chat}/adapters/h.ts`, 'src/infra/mongo/mongo-database.ts'],
  [`${chat}/adapters/i.ts`, 'src/promote/copy.ts'],
  [`${chat}/adapters/k.ts`, 'src/kernel/bus/bus.ts'],
  [`${chat}/adapters/j.ts`, 'src/infra/rabbit/rabbit-bus.ts'],
  [`${chat}/adapters/message-store/mongo/a.ts`, 'src/infra/postgres/pg-database.ts'],
  [`${chat}/adapters/message-store/mongo.ts`, 'src/infra/postgres/pg-database.ts'],
  ['src/modules/auth/adapters/redis-a.ts', 'src/infra/postgres/pg-database.ts'],
  ['src/modules/auth/module.ts', 'src/infra/postgres/pg-database.ts'],
  ['src/modules/presence/sharing.ts', 'src/infra/redis/redis.ts'],
  ['src/modules/presence/config.ts', 'src/kernel/bus/bus.ts'],
  ['src/kernel/config/a.ts', 'node:fs'],
  ['src/kernel/config/b.ts', 'src/modules/auth/config.ts'],
  [`${chat}/adapters/g.ts`, `${chat}/events.ts`],
  ['src/modules/presence/module.ts', `${chat}/module.ts`],
  ['src/modules/admin/module.ts', 'src/gateway/limits.ts'],
  ['src/gateway/a.ts', `${chat}/module.ts`],
  ['src/gateway/b.ts', 'express'],
  ['src/gateway/c.ts', 'src/infra/redis/redis.ts'],
  ['src/gateway/socket/d.ts', 'src/infra/memory/memory-bus.ts'],
  ['src/gateway/http/a.ts', 'src/gateway/socket/transport.ts'],
  ['src/gateway/http/b.ts', 'socket.io'],
  ['src/gateway/http/c.ts', `${chat}/domain/rules.ts`],
  ['src/gateway/socket/a.ts', 'src/gateway/http/transport.ts'],
  ['src/gateway/socket/b.ts', 'express'],
  ['src/gateway/socket/c.ts', 'pg'],
  ['src/host/a.ts', `${chat}/adapters/store.ts`],
  ['src/host/b.ts', `${chat}/operations/send.ts`],
  ['src/host/c.ts', 'express'],
  ['src/host/d.ts', 'src/modules/auth/config.ts'],
  ['client/a.ts', 'src/kernel/errors.ts'],
  ['client/b.ts', 'react'],
  ['client/c.ts', 'node:fs'],
  ['web/src/a.ts', 'src/contracts/chat/entities.ts'],
  ['web/src/b.ts', 'src/kernel/errors.ts'],
  ['web/src/c.ts', 'socket.io-client'],
  ['web/src/shared/a.ts', 'web/src/app/routes.ts'],
  ['web/src/shared/ui/a.ts', 'web/src/features/people/people.ts'],
  ['web/src/shared/b.ts', '@base-ui/react'],
  ['web/src/app/a.ts', '@base-ui/react'],
  ['web/src/features/people/a.ts', '@base-ui/react'],
  ['bench/a.ts', 'src/kernel/errors.ts'],
  ['scripts/a.ts', 'src/kernel/errors.ts'],
];

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['src/contracts/chat/z.ts', 'zod'],
  ['src/infra/postgres/z.ts', 'pg'],
  ['src/infra/mongo/z.ts', 'mongoose'],
  ['src/infra/jobs/z.ts', 'pg-boss'],
  ['src/infra/rabbit/z.ts', 'src/infra/memory/memory-bus.ts'],
  ['src/infra/http/z.ts', 'src/infra/cluster/wire.ts'],
  ['src/infra/telemetry/z.ts', 'winston'],
  [`${chat}/domain/z.ts`, 'src/kernel/errors.ts'],
  [`${chat}/operations/z.ts`, 'src/contracts/auth/entities.ts'],
  [`${chat}/adapters/z.ts`, 'src/infra/postgres/pg-database.ts'],
  ['src/modules/auth/adapters/z.ts', 'bcrypt'],
  [`${chat}/adapters/message-store/mongo/z.ts`, 'src/infra/mongo/mongo-failures.ts'],
  [`${chat}/adapters/promote/z.ts`, 'src/promote/copy.ts'],
  ['src/promote/z.ts', 'src/infra/postgres/pg-database.ts'],
  ['src/host/y.ts', 'src/infra/rabbit/rabbit-bus.ts'],
  ['src/gateway/http/z.ts', 'express'],
  ['src/gateway/socket/z.ts', 'socket.io'],
  ['src/host/z.ts', `${chat}/module.ts`],
  ['src/modules/auth/config.ts', 'src/kernel/config/texts.ts'],
  ['client/z.ts', 'src/contracts/chat/entities.ts'],
  ['web/src/z.ts', 'client/a.ts'],
  ['web/src/shared/ui/z.ts', '@base-ui/react'],
  ['web/src/features/people/z.ts', 'web/src/shared/ui/menu.tsx'],
];

const importing = (from: string, to: string) => `import * as it from '${specifier(from, to)}';\nexport const used = it;\n`;

const isPackage = (to: string): boolean => !to.includes('.ts') && !to.startsWith('node:');

/** Every line as a file; what is imported but not planted is an empty module, every package a hollow one. */
function tree(): Record<string, string> {
  const lines = [...forbidden, ...allowed];
  const targets = lines.map(([, to]) => to);
  return {
    ...Object.fromEntries(targets.filter((to) => to.includes('.ts')).map((to) => [to, 'export const here = true;\n'])),
    ...Object.fromEntries(
      targets.filter(isPackage).flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
        [`node_modules/${name}/index.js`, 'module.exports = {};\n'],
      ]),
    ),
    ...Object.fromEntries(lines.map(([from, to]) => [from, importing(from, to)])),
    'src/host/one.ts': importing('src/host/one.ts', 'src/host/two.ts'),
    'src/host/two.ts': importing('src/host/two.ts', 'src/host/one.ts'),
    'src/kernel/alone.ts': 'export const nobody = true;\n',
    'src/kernel/lost.ts': "import { gone } from './gone.ts';\nexport const lost = gone;\n",
    'src/kernel/leaning.ts': importing('src/kernel/leaning.ts', 'src/kernel/rules.test.ts'),
    'src/kernel/rules.test.ts': 'export const proof = true;\n',
  };
}

describe('imports', () => {
  test('name only what the allow list names, and all files are looked at', () => {
    const { cruised, violations } = cruise(root);
    expect(violations).toEqual([]);
    expect(cruised).toBeGreaterThan(300);
  }, 120_000);
});

describe('the allow list', () => {
  let found: Found;
  let remove: () => void;

  beforeAll(() => {
    const planted = plant(tree());
    remove = planted.remove;
    found = cruise(planted.directory);
  }, 120_000);
  afterAll(() => {
    remove();
  });

  const rulesAgainst = (from: string) => found.violations.filter((violation) => violation.from === from).map(({ rule }) => rule);

  test.each(forbidden)('%s may not import %s', (from) => {
    expect(rulesAgainst(from)).toContain('not-in-allowed');
  });

  test.each(allowed)('%s may import %s', (from) => {
    expect(rulesAgainst(from).filter((rule) => rule !== 'no-orphans')).toEqual([]);
  });

  test.each([
    ['a cycle', 'src/host/one.ts', 'no-cycles'],
    ['a file that nobody imports and that imports nobody', 'src/kernel/alone.ts', 'no-orphans'],
    ['an import of what is not there', 'src/kernel/lost.ts', 'no-unresolved'],
    ['a test inside the product', 'src/kernel/leaning.ts', 'no-tests-in-the-product'],
  ])('%s is found', (_what, from, rule) => {
    expect(rulesAgainst(from)).toContain(rule);
  });
});
