import { parseArgs } from 'node:util';
import { mongoAddress } from '../../infra/mongo/config.ts';
import { databaseAddress } from '../../infra/postgres/config.ts';
import type { Config } from '../config.ts';
import { readSecret } from '../secret.ts';
import { UsageFault } from '../usage-fault.ts';

const kinds = {
  postgres: { address: databaseAddress, example: 'postgresql://user:password@host:port/database' },
  mongodb: { address: mongoAddress, example: 'mongodb://user:password@host:port/database' },
} as const;

interface Destination {
  readonly kind: keyof typeof kinds;
  readonly url: string;
}

/** Where `confab promote` moves to, by its arguments. The address may come by a file, so that no password stands in the list of processes. */
export function destinationOf(args: readonly string[], { promoteUrl }: Pick<Config, 'promoteUrl'>): Destination {
  const { values } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' }, url: { type: 'string' }, 'url-file': { type: 'string' } },
  });
  const kind = values.to;
  if (kind !== 'postgres' && kind !== 'mongodb') throw new UsageFault('promote needs --to postgres or --to mongodb.');
  const { source, text } = given(values, promoteUrl);
  const { address, example } = kinds[kind];
  if (text === undefined || text === '')
    throw new UsageFault(`promote --to ${kind} needs --url ${example}, --url-file FILE or CONFAB_PROMOTE_URL.`);
  const read = address.safeParse(text);
  if (!read.success) throw new UsageFault(`${source} ${read.error.issues[0]?.message ?? 'cannot be read'}`);
  return { kind, url: read.data };
}

function given(values: { readonly url?: string; readonly 'url-file'?: string }, promoteUrl: string | undefined) {
  const file = values['url-file'];
  if (file !== undefined) return { source: `--url-file ${file}`, text: readSecret(file) };
  if (values.url !== undefined) return { source: '--url', text: values.url.trim() };
  return { source: 'CONFAB_PROMOTE_URL', text: promoteUrl };
}
