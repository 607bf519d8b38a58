// What may touch what: an allow list, so that whatever it does not name is forbidden. `docs/architecture.md` says why.
// test/arch/dependency-rules.test.ts plants violations against each line and expects them to be found.

const tests = '(\\.(test|suite)\\.tsx?$|^test/|/suite/|\\.fixture\\.ts$|^client/test-)';
const module = '^src/modules/([^/]+)/';
const own = '^src/modules/$1/';
/** Pure folders of a module: no I/O, no transport. */
const pure = `${module}(domain/|(policy|present|ports|store-ports|recipient-ports|admin-ports|events|config)\\.ts$)`;
const ownPure = `${own}(domain/|(policy|present|ports|store-ports|recipient-ports|admin-ports|events|config)\\.ts$)`;
const face = `${module}module\\.ts$`;
const otherTechnology = `${module}adapters/(|.*/)(mongo|redis|memory|shared|bcrypt)`;

/** A file of a package, wherever npm has put it. */
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;
const node = (...names) => `^(node:)?(${names.join('|')})$`;
/** Contracts that belong to no area: how operations and events are declared, errors, primitives, what the nodes tell each other. */
const sharedContracts = '^src/contracts/((define|errors|names|patterns|primitives|storage)\\.ts$|nodes/)';
const types = { dependencyTypes: ['type-only'] };

const allow = (from, ...to) => to.map((target) => ({ from: typeof from === 'string' ? { path: from, pathNot: tests } : from, to: target }));
const at = (...paths) => ({ path: paths, pathNot: tests });
const builtIns = { dependencyTypes: ['core'] };

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  allowedSeverity: 'error',
  allowed: [
    ...allow('^src/text/', at('^src/text/')),
    ...allow('^(src/(contracts|kernel|infra|modules|gateway|host)|client|web/src)/', at('^src/text/')),
    ...allow('^src/contracts/', at('^src/contracts/', packages('zod'))),

    // Interfaces and pure code: no vendor package, no I/O. Of an area it names the roles of people.
    ...allow('^src/kernel/', at(sharedContracts, '^src/kernel/', packages('zod', 'lru-cache'), node('crypto', 'util', 'net', 'url')), {
      ...types,
      path: '^src/contracts/auth/',
    }),

    // A technology each; what several share lies in memory/, cluster/ and files/.
    ...allow('^src/infra/([^/]+)/', at(sharedContracts, '^src/kernel/', '^src/infra/$1/', packages('zod')), builtIns),
    ...allow('^src/infra/postgres/', at('^src/infra/files/', packages('pg', 'pg-types', '@prisma'))),
    ...allow('^src/infra/mongo/', at(packages('mongoose'))),
    ...allow('^src/infra/redis/', at('^src/infra/cluster/', packages('ioredis'))),
    ...allow('^src/infra/rabbit/', at('^src/infra/(cluster|memory)/', packages('amqplib'))),
    ...allow('^src/infra/http/', at('^src/infra/cluster/')),
    ...allow('^src/infra/jobs/', at('^src/infra/redis/', packages('pg', 'pg-boss', 'bullmq', 'ioredis'))),
    ...allow('^src/infra/telemetry/', at(packages('winston', 'prom-client'))),

    ...allow('^src/promote/', at('^src/(contracts|kernel|promote|infra/postgres)/', packages('pg')), builtIns),

    ...allow(pure, at(ownPure, '^src/kernel/(errors|ids|network|paging|policy)\\.ts$', node('crypto')), {
      ...types,
      path: '^src/(contracts/|kernel/(context|clock)\\.ts$)',
    }),
    // Of the kernel's own records a module may show a part, without secrets and texts.
    ...allow(`${module}present\\.ts$`, at('^src/kernel/telemetry/redaction\\.ts$'), { ...types, path: '^src/kernel/' }),
    // What a module publishes names the events of its contract.
    ...allow(`${module}events\\.ts$`, at('^src/contracts/'), { ...types, path: '^src/kernel/(bus/|database\\.ts$)' }),
    // Variables are declared with the words of the contracts and the kinds of values that the kernel knows.
    ...allow(`${module}config\\.ts$`, at('^src/(contracts|kernel/config)/', packages('zod')), {
      ...types,
      path: '^src/kernel/module\\.ts$',
    }),
    ...allow('^src/modules/chat/domain/', at(packages('@orama/stemmers'))),

    // Operations, subscribers and what they share reach stores through ports alone.
    ...allow(
      { path: `${module}((operations|subscribers)/|[^/]+\\.ts$)`, pathNot: [tests, pure, face] },
      at('^src/(contracts|kernel)/'),
      { path: own, pathNot: [tests, `${own}adapters/`, `${own}module\\.ts$`] },
      at(node('crypto')),
    ),

    // Not its events: an adapter stores the event that it is given.
    ...allow(
      `${module}adapters/`,
      {
        path: ['^src/kernel/', ownPure, `${own}adapters/`],
        pathNot: [tests, '^src/kernel/(bus/|module\\.ts$)', `${own}events\\.ts$`],
      },
      { ...types, path: '^src/(contracts|kernel)/' },
      builtIns,
    ),
    // An adapter knows the technology that its name says, and PostgreSQL where it says none.
    ...allow({ path: `${module}adapters/`, pathNot: [tests, otherTechnology] }, at('^src/infra/postgres/')),
    ...allow(`${module}adapters/(|.*/)mongo`, at('^src/infra/mongo/')),
    ...allow('^src/modules/media/domain/', at(packages('file-type', 'content-disposition'))),
    ...allow(
      '^src/modules/media/adapters/',
      at('^src/infra/files/', packages('busboy', '@tus/server', 'minio', '@azure/storage-blob', 'sharp', 'heic-decode', 'thumbhash')),
    ),
    ...allow('^src/modules/auth/adapters/', at(packages('bcrypt', 'jsonwebtoken'))),
    ...allow('^src/modules/notifications/adapters/push-channel/', at('^src/infra/outbound/', packages('jsonwebtoken'))),
    ...allow('^src/modules/notifications/adapters/mailer/', at(packages('nodemailer'))),
    // The move of conversations reads one database and writes the other.
    ...allow('^src/modules/chat/adapters/(home\\.ts$|promote/)', at('^src/infra/mongo/', '^src/promote/')),

    ...allow(face, at('^src/(contracts|kernel)/', own, packages('zod')), { ...types, path: '^src/promote/promotion\\.ts$' }, builtIns),

    ...allow(
      '^src/gateway/[^/]+\\.ts$',
      at('^src/(contracts|kernel)/', '^src/gateway/[^/]+\\.ts$', packages('jsonwebtoken', 'proxy-addr', 'rate-limiter-flexible')),
      builtIns,
    ),
    ...allow('^src/gateway/config\\.ts$', at(packages('zod'))),
    ...allow(
      '^src/gateway/http/',
      at(
        '^src/(contracts|kernel)/',
        '^src/gateway/([^/]+\\.ts$|http/)',
        packages('express', 'express-serve-static-core', 'cors', 'helmet', 'zod', 'zod-openapi'),
      ),
      builtIns,
    ),
    ...allow(
      '^src/gateway/socket/',
      at('^src/(contracts|kernel)/', '^src/gateway/([^/]+\\.ts$|socket/)', packages('socket.io', 'zod')),
      builtIns,
    ),

    ...allow(
      '^src/host/',
      at('^src/(contracts|kernel|infra|promote|gateway|host)/', '^src/modules/[^/]+/module\\.ts$', packages('zod')),
      builtIns,
    ),

    ...allow('^client/', at('^src/contracts/', '^client/', packages('socket.io-client'))),
    ...allow('^web/src/(app/|features/|[^/]+$)', at('^web/src/', '^client/', packages('react', 'react-dom', '@fontsource-variable'))),
    ...allow('^web/src/service-worker/', at('^web/src/service-worker/', '^web/src/shared/browser/', '^client/')),
    // What all features stand on knows none of them. It alone knows whose menus and dialogs these are.
    ...allow('^web/src/shared/', at('^web/src/shared/', '^client/', packages('react', 'react-dom', '@fontsource-variable'))),
    ...allow('^web/src/shared/ui/', at(packages('@base-ui'))),
    // How pictures are shown.
    ...allow('^web/src/features/messages/', at(packages('photoswipe', 'thumbhash'))),
    ...allow('^web/[^/]+\\.ts$', at('^web/[^/]+\\.ts$', '^src/contracts/', packages('vite', '@vitejs', '@fontsource-variable')), builtIns),

    // The rigs and the scripts look at a server from outside.
    ...allow('^bench/', at('^bench/', packages('socket.io', 'esbuild', 'pg', 'mongoose', 'sharp', 'minio')), builtIns),
    // Providers that are played, as in tests.
    ...allow('^bench/', { path: '^test/harness/(stand-in|push-service|fcm|mail-server)\\.ts$' }),
    // Attacks are felt by people who use the client library.
    ...allow('^bench/attack/', at('^client/index\\.ts$')),
    ...allow('^scripts/', {
      path: '.*',
      pathNot: ['^src/(?!contracts/|gateway/http/documents|(host|kernel/config)/(config|variable)\\.ts$)', '^client/', '^web/'],
    }),

    { from: { path: tests }, to: {} },
  ],
  forbidden: [
    // A type that looks back at its user is no cycle for a program that runs.
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [tests, '\\.d\\.ts$', '^scripts/', '^client/examples/', '^bench/(raw-server|run|kill|pushes|attack|files|search)\\.ts$'],
      },
      to: {},
    },
    // What a service for tests is served with is installed when it is asked for.
    { name: 'no-unresolved', severity: 'error', from: { pathNot: '^scripts/services/' }, to: { couldNotResolve: true } },
    { name: 'no-tests-in-the-product', severity: 'error', from: { pathNot: [tests, '^bench/'] }, to: { path: tests } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '/generated/'] },
    exclude: { path: ['^(dist|web/dist)/', '^test/arch/planted/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
