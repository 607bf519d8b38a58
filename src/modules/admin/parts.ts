import type { Kernel } from '../../kernel/module.ts';

/** What the operations of this module work with. */
export interface AdminParts {
  readonly kernel: Kernel;
  readonly version: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** What the team's data takes on disk. */
  readonly databaseBytes: () => Promise<number>;
}
