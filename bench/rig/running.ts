import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Population } from './population.ts';
import type { UploadDialect } from './upload-client.ts';

/** A started server. */
export interface Started {
  /** The roots of the process trees that it costs. */
  readonly pids: readonly number[];
  /** Where people connect, in turns. */
  readonly ports: readonly number[];
  /** Milliseconds from start to ready. */
  readonly readyMs: number;
  stop(): Promise<unknown>;
}

/** The same with the people to load it with. */
export interface Running extends Started {
  readonly population: Population;
  /** How files are sent to it. */
  readonly files: UploadDialect;
}

/** A kind of server that can be started again and again, each time in the same state. */
export interface System<Server extends Started = Running> {
  readonly name: string;
  start(): Promise<Server>;
  /** When no round is left. */
  close?(): Promise<void>;
}

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
