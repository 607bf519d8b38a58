import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import * as areas from '../src/contracts/areas.ts';
import type { Operation, UserSetting } from '../src/contracts/define.ts';

/** Gives the page operations and user settings as plain data: names, bindings, defaults. Their schemas, and the library behind them, check what comes to a server. */
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

/** A module with the same operations and user settings under the same names. */
export const sourceOf = (declared: object): string =>
  Object.entries(declared)
    .map(([name, value]) => [name, plainOf(value)] as const)
    .filter(([, one]) => one !== null)
    .map(([name, one]) => `export const ${name} = ${JSON.stringify(one)};`)
    .join('\n') || 'export {};';

const plainOf = (value: unknown): object | null => {
  if (isUserSetting(value)) return plainSetting(value);
  // What only other processes may call has no transport.
  return isOperation(value) && (value.http ?? value.socket) ? plain(value) : null;
};

const isOfKind = (value: unknown, kind: string): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

const isOperation = (value: unknown): value is Operation => isOfKind(value, 'operation');
const isUserSetting = (value: unknown): value is UserSetting => isOfKind(value, 'userSetting');

/** What the client library reads of an operation. */
const plain = ({ name, access, deadlineMs, http, socket }: Operation) => ({
  name,
  // It asks for a session unless none is needed.
  ...(access === 'public' ? { access } : {}),
  deadlineMs,
  http,
  ...(socket ? { socket: { command: socket.command } } : {}),
});

const plainSetting = ({ key, default: fallback }: UserSetting) => ({ key, default: fallback });
