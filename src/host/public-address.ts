import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFile } from '../infra/files/private-files.ts';
import type { Config } from './config.ts';

const fileOf = (dataDir: string): string => join(dataDir, 'public-url');

/** Keeps where the server is reached: the command line prints links to it, also where nobody says PORT again. */
export async function rememberAddress({ dataDir, publicUrl }: Config): Promise<void> {
  await privateFile(fileOf(dataDir));
  await writeFile(fileOf(dataDir), `${publicUrl}\n`);
}

/** The configuration with the address that the last server on this data directory had, unless one is given. */
export async function withRememberedAddress(config: Config): Promise<Config> {
  if (config.publicUrlIsGiven) return config;
  const remembered = await readFile(fileOf(config.dataDir), 'utf8').catch(() => '');
  return URL.canParse(remembered.trim()) ? { ...config, publicUrl: remembered.trim() } : config;
}
