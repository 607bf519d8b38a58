import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Population } from './population.ts';

/** A started server, with the people to load it with. */
export interface Running {
  /** The roots of the process trees that it costs. */
  readonly pids: readonly number[];
  /** Where people connect, in turns. */
  readonly ports: readonly number[];
  readonly population: Population;
  /** Milliseconds from start to ready. */
  readonly readyMs: number;
  stop(): Promise<unknown>;
}

/** A kind of server that can be started again and again, each time in the same state. */
export interface System {
  readonly name: string;
  start(): Promise<Running>;
  /** When no round is left. */
  close?(): Promise<void>;
}

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
