import { readFileSync } from 'node:fs';
import type { ConfigSection, Variable } from '../kernel/config/variable.ts';
import { nearestName } from './nearest-name.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable with what the environment says of it. */
export interface ReadVariable {
  readonly key: string;
  readonly variable: Variable;
  /** Undefined where the environment does not say. */
  readonly text: string | undefined;
  readonly source: 'environment' | 'file' | 'default';
  readonly value: unknown;
  readonly faults: readonly string[];
}

/** Every variable of the sections, in their order. One that is faulty has the value of its default. */
export function readVariables(sections: readonly ConfigSection[], env: Environment): ReadVariable[] {
  return sections.flatMap(({ variables }) => Object.entries(variables).map(([key, variable]) => readVariable(key, variable, env)));
}

function readVariable(key: string, variable: Variable, env: Environment): ReadVariable {
  const { text, source, faults } = textOf(variable.name, env);
  const parsed = variable.parse(text);
  const wrong = parsed.ok ? [] : parsed.faults.map((fault) => `${variable.name}: ${fault}`);
  const all = [...faults, ...wrong];
  return { key, variable, text, source, value: parsed.ok && all.length === 0 ? parsed.value : defaultOf(variable), faults: all };
}

function defaultOf(variable: Variable): unknown {
  const parsed = variable.parse(undefined);
  if (!parsed.ok) throw new Error(`The default of ${variable.name} is refused: ${parsed.faults.join(', ')}`);
  return parsed.value;
}

/** What stands in the environment, or in the file that it names. */
function textOf(name: string, env: Environment): Pick<ReadVariable, 'text' | 'source' | 'faults'> {
  // A file of variables may end its lines with CR; an empty one is one that is not set.
  const trimmed = env[name]?.trim();
  const text = trimmed === '' ? undefined : trimmed;
  const quoted = text !== undefined && /^(["']).*\1$/s.test(text) ? [`${name} is written in quotes: leave them out.`] : [];
  const path = env[`${name}_FILE`]?.trim();
  if (path === undefined || path === '') return { text, source: text === undefined ? 'default' : 'environment', faults: quoted };
  const twice = text === undefined ? [] : [`${name} and ${name}_FILE are both set: keep one.`];
  try {
    return { text: readFileSync(path, 'utf8').trim(), source: 'file', faults: [...quoted, ...twice] };
  } catch (error) {
    // The path is not repeated: it may be the value itself, of somebody who took one variable for the other.
    const unreadable = `${name}_FILE: the file that it names cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`;
    return { text: undefined, source: 'file', faults: [...quoted, ...twice, unreadable] };
  }
}

/** What the owners find wrong between variables. What cannot be read is named already: nothing more is said of it. */
export function contradictionsIn(sections: readonly ConfigSection[], read: readonly ReadVariable[]): string[] {
  const byName = new Map(read.map((each) => [each.variable.name, each]));
  const known = (name: string): ReadVariable => {
    const found = byName.get(name);
    if (!found) throw new Error(`No owner declares the variable ${name}.`);
    return found;
  };
  const isGiven = (name: string): boolean => known(name).value !== undefined;
  const found = sections.flatMap((section) => section.contradictions?.(valuesOf(section, read), isGiven) ?? []);
  return found.flatMap(({ between, fault }) => (between.some((name) => known(name).faults.length > 0) ? [] : [fault]));
}

/** The values of one owner, by its own keys. */
export function valuesOf({ variables }: ConfigSection, read: readonly ReadVariable[]): Record<string, unknown> {
  return Object.fromEntries(read.filter(({ key }) => Object.hasOwn(variables, key)).map(({ key, value }) => [key, value]));
}

/** Variables that begin like ours and that no owner declares: a name is misspelt. */
export function unknownNames(env: Environment, names: readonly string[]): { name: string; nearest: string | null }[] {
  // Those of the tests and of the services beside them are nobody's mistake.
  const isUnknown = (name: string): boolean =>
    /^CONFAB_(?!TEST_|REQUIRE_|SERVICES_)/i.test(name) && !names.includes(name.replace(/_FILE$/, ''));
  return Object.keys(env)
    .filter(isUnknown)
    .map((name) => ({ name, nearest: nearestName(name.toUpperCase(), names) }));
}
