import type { Plugin } from 'vite';
import * as admin from '../src/contracts/admin/operations.ts';
import * as auth from '../src/contracts/auth/operations.ts';
import * as chat from '../src/contracts/chat/operations.ts';
import * as presence from '../src/contracts/presence/operations.ts';
import type { Operation } from '../src/contracts/define.ts';

const areas: Readonly<Record<string, object>> = { admin, auth, chat, presence };

/** Gives the page the operations as plain data: names and bindings. Their schemas, and the library behind them, check what comes to a server. */
export function plainContracts(): Plugin {
  return {
    name: 'confab-plain-contracts',
    load(id) {
      const area = /\/src\/contracts\/(\w+)\/operations\.ts$/.exec(id)?.[1] ?? '';
      const declared = areas[area];
      return declared ? sourceOf(declared) : null;
    },
  };
}

/** A module with the same operations under the same names. */
export const sourceOf = (declared: object): string =>
  Object.entries(declared)
    .filter((entry): entry is [string, Operation] => isOperation(entry[1]))
    .map(([name, operation]) => `export const ${name} = ${JSON.stringify(plain(operation))};`)
    .join('\n');

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'operation';

/** What the client library reads of an operation. */
const plain = ({ kind, name, access, deadlineMs, http, socket }: Operation) => ({
  kind,
  name,
  access,
  deadlineMs,
  http,
  ...(socket ? { socket: { command: socket.command } } : {}),
});
