import { readFileSync } from 'node:fs';
import { describeSkipped } from './skipped.ts';

/** The servers that `npm run services` starts; docs/services.md describes them. */
export type ServerName =
  'postgres' | 'redis' | 'rabbitmq' | 'mongodb' | 'minio' | 'azurite' | 'clamav' | 'elasticsearch' | 'coturn' | 'smtp' | 'prometheus';

type Variables = Readonly<Record<string, string | undefined>>;

const variables = JSON.parse(readFileSync(new URL('../../scripts/services/variables.json', import.meta.url), 'utf8')) as Readonly<
  Record<ServerName, string>
>;

export interface RequiredServer {
  /** Like jest's: `body` is given where the server is. Without the server the suite is reported as skipped, its body not run. */
  describe(title: string, body: (url: string) => void): void;
}

/**
 * For suites that need a real server: `requireService('redis').describe('the Redis cache', (url) => …)`. Throws where the server is
 * missing although `CONFAB_REQUIRE_SERVICES=all` demands it.
 */
export function requireService(name: ServerName): RequiredServer {
  const found = locate(name);
  if ('url' in found) return { describe: (title, body) => describe(title, () => body(found.url)) };
  return { describe: (title) => describeSkipped(title, found.remedy) };
}

/** Another variable of a server that is there, by the name that Confab itself reads: `S3_ACCESS_KEY`. */
export function serverVariable(name: string, env: Variables = process.env): string {
  const value = env[`CONFAB_TEST_${name}`];
  if (value === undefined || value === '')
    throw new Error(`CONFAB_TEST_${name} is not set although its server is there: read docs/services.md.`);
  return value;
}

/** Where the server is, or what to run to have it. */
export function locate(name: ServerName, env: Variables = process.env): { readonly url: string } | { readonly remedy: string } {
  const url = env[variables[name]] ?? '';
  if (url !== '') return { url };
  const remedy = `It needs ${name}: npm run services -- up ${name} && eval "$(npm run -s services -- env)"`;
  if (env['CONFAB_REQUIRE_SERVICES'] === 'all')
    throw new Error(`${variables[name]} is not set, and CONFAB_REQUIRE_SERVICES=all demands it. ${remedy}`);
  return { remedy };
}
