import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import * as areas from '../src/contracts/areas.ts';
import type { Operation } from '../src/contracts/define.ts';

/** Gives the page the operations as plain data: names and bindings. Their schemas, and the library behind them, check what comes to a server. */
export function plainContracts(): Plugin {
  return {
    name: 'confab-plain-contracts',
    load(id) {
      const area = /\/src\/contracts\/(\w+)\/[\w-]+\.ts$/.exec(id)?.[1] ?? '';
      const source = area in areas ? readFileSync(id, 'utf8') : '';
      return source.includes("from '../define.ts'") ? sourceOf(declaredIn(source, areas[area as keyof typeof areas])) : null;
    },
  };
}

/** What a file of an area exports, by name. */
const declaredIn = (source: string, area: object): object => {
  const exported = new Set(Array.from(source.matchAll(/^export const (\w+)\b/gm), ([, name]) => name));
  return Object.fromEntries(Object.entries(area).filter(([name]) => exported.has(name)));
};

/** A module with the same operations under the same names. */
export const sourceOf = (declared: object): string =>
  Object.entries(declared)
    .filter((entry): entry is [string, Operation] => isOperation(entry[1]))
    .map(([name, operation]) => `export const ${name} = ${JSON.stringify(plain(operation))};`)
    .join('\n') || 'export {};';

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
