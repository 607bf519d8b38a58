import * as contracts from '../../src/contracts/areas.ts';
import type { Endpoint } from '../../src/contracts/define.ts';
import { kebab } from './files.ts';

/** By the name it is exported under, which is how handlers speak of it. */
const areas: Readonly<Record<string, Readonly<Record<string, unknown>>>> = contracts;

export interface Handled {
  readonly file: string;
  readonly operation: string;
}

/** Which operations a module handles, and where: read from the table of its `handlers.ts`, lines of `handles(contract.x, handleX)`, of a route `answers(contract.x, handleX)`. */
export function handledBy(table: string, text: string): readonly Handled[] {
  const [, area = ''] = /src\/modules\/(\w+)\//.exec(table) ?? [];
  const files = new Map(
    Array.from(text.matchAll(/import \{ (handle\w+) \} from '\.\/(operations\/[\w-]+\.ts)';/g), ([, name = '', file = '']) => [name, file]),
  );
  return [...text.matchAll(/\b(?:handles|answers)\(contract\.(\w+), (handle\w+)\)/g)].flatMap(([, exported = '', handler = '']) => {
    const declared = areas[area]?.[exported] as Endpoint | undefined;
    return declared ? [{ file: `src/modules/${area}/${files.get(handler) ?? ''}`, operation: declared.name }] : [];
  });
}

/** Where the handler of an operation has to stand. */
export const fileOf = (operation: string): string => {
  const [area = '', name = ''] = operation.split('.');
  return `src/modules/${area}/operations/${kebab(name)}.ts`;
};

/** Faults of one handler per operation, in a file of its name with a test of its name. */
export function handlerFaults(operations: readonly string[], handled: readonly Handled[], files: ReadonlySet<string>): readonly string[] {
  return operations.flatMap((operation) => {
    const expected = fileOf(operation);
    const found = handled.filter((entry) => entry.operation === operation).map(({ file }) => file);
    const stem = expected.slice(0, -'.ts'.length);
    return [
      ...(found.length === 1 ? [] : [`${operation} has ${String(found.length)} handlers`]),
      ...(found.length === 1 && found[0] !== expected ? [`${operation} is handled in ${found[0] ?? ''}, not in ${expected}`] : []),
      ...(files.has(`${stem}.test.ts`) || files.has(`${stem}.contract.test.ts`) ? [] : [`${operation} has no test of its name`]),
    ];
  });
}
