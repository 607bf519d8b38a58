import type { Client } from './client.ts';
import { ClientError } from './client-error.ts';
import type { ClientOptions } from './options.ts';

export function createClient(options: ClientOptions): Client {
  throw new ClientError('unavailable', { detail: `The client of ${options.url} is being written.` });
}
