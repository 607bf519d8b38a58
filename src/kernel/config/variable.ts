import type { z } from 'zod';

/** One environment variable. Its value may also lie in the file that `NAME_FILE` names. */
export interface Variable<T = unknown> {
  readonly name: string;
  /** What it is for: one line of Markdown without links, no full stop at its end. */
  readonly meaning: string;
  /** As it is written in the environment; absent where no text says what holds without it. */
  readonly default?: string;
  /** What holds while it is not set, in words; for one without `default`. */
  readonly otherwise?: string;
  readonly example?: string;
  /** What may be shown of a value. Absent: all of it. */
  readonly shown?: (text: string) => string;
  /** The value of this text, or of the default where there is none. */
  parse(text: string | undefined): Parsed<T>;
}

/** `faults`: what was found and what is taken; never a part of a secret. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly string[] };

interface Declaration<T> extends Omit<Variable<T>, 'parse'> {
  /** Reads the text. Its issues say what was found, what is taken and, where it helps, the remedy. */
  readonly is: z.ZodType<T, string>;
}

export function variable<T>(declaration: Declaration<T> & { readonly default: string }): Variable<T>;
export function variable<T>(declaration: Declaration<T>): Variable<T | undefined>;
export function variable<T>({ is, ...declared }: Declaration<T>): Variable<T | undefined> {
  const parse = (given: string | undefined): Parsed<T | undefined> => {
    const text = given ?? declared.default;
    if (text === undefined) return { ok: true, value: undefined };
    const { success, data, error } = is.safeParse(text);
    return success ? { ok: true, value: data } : { ok: false, faults: error.issues.map(({ message }) => message) };
  };
  return { ...declared, parse };
}

/** For values that may not be shown. */
export const hidden = (): string => '(set)';

/** Variables by the keys under which a program knows their values. */
export type Variables = Readonly<Record<string, Variable>>;

export type ValuesOf<V extends Variables> = { readonly [K in keyof V]: V[K] extends Variable<infer T> ? T : never };

/** What does not hold together, and the names of the variables between which it does not. */
export interface Contradiction {
  readonly between: readonly string[];
  readonly fault: string;
}

/** The variables of one owner: a module, an adapter, the gateway or the host. */
export interface ConfigSection<V extends Variables = Variables> {
  readonly title: string;
  readonly variables: V;
  /** `isGiven` answers for the variables of every owner, by name, and throws for a name that nobody declares. */
  contradictions?(values: ValuesOf<V>, isGiven: (name: string) => boolean): readonly Contradiction[];
}

export const defineConfig = <V extends Variables>(section: ConfigSection<V>): ConfigSection<V> => section;
