import type { Kernel } from '../../kernel/module.ts';

/** What of the app this module shows and changes. */
export const adminNeeds = [
  'bus',
  'clock',
  'database',
  'metrics',
  'settings',
  'audit',
  'deliveries',
  'jobs',
  'health',
  'disk',
  'nodeId',
] as const;

/** What the operations of this module work with. */
export interface AdminParts {
  readonly kernel: Pick<Kernel, (typeof adminNeeds)[number]>;
  readonly version: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** What the team's data takes on disk. */
  readonly databaseBytes: () => Promise<number>;
}
