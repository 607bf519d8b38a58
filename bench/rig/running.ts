import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Population } from './population.ts';
import type { StartedProcess } from './started-process.ts';

/** A started server, with the people to load it with. */
export interface Running {
  readonly process: StartedProcess;
  readonly port: number;
  readonly population: Population;
  /** Milliseconds from start to ready. */
  readonly readyMs: number;
  stop(): Promise<unknown>;
}

/** A kind of server that can be started again and again, each time in the same state. */
export interface System {
  readonly name: 'raw' | 'confab';
  start(): Promise<Running>;
}

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
