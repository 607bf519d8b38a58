import type { Running, Started } from '../rig/running.ts';
import { growMeasures } from './grow-measures.ts';

export const measures = {
  ackedPerSecond: { title: 'acked/s at saturation', unit: '/s', better: 'more' },
  deliveriesPerSecond: { title: 'deliveries/s at saturation', unit: '/s', better: 'more' },
  timePerMessage: { title: 'time per message at saturation', unit: 'µs', better: 'less' },
  appPerMessage: { title: 'CPU per message at saturation, server', unit: 'µs', better: 'less' },
  databasePerMessage: { title: 'CPU per message at saturation, database', unit: 'µs', better: 'less' },
  cpuPerDelivery: { title: 'CPU per delivery at a fixed 300 msg/s', unit: 'µs', better: 'less' },
  databasePerDelivery: { title: '… of that the database', unit: 'µs', better: 'less' },
  fixedP50Ms: { title: 'delivery p50 at a fixed 300 msg/s', unit: 'ms', better: 'less' },
  p50Ms: { title: 'delivery p50 at half of the base’s maximum', unit: 'ms', better: 'less' },
  p99Ms: { title: 'delivery p99 at half of the base’s maximum', unit: 'ms', better: 'less' },
  ackP50Ms: { title: 'ack p50', unit: 'ms', better: 'less' },
  ackP99Ms: { title: 'ack p99', unit: 'ms', better: 'less' },
  rssKbPerConnection: { title: 'RSS per idle signed-in connection', unit: 'KB', better: 'less' },
  inSyncMs: { title: '1,000 connections lost at once, all back in sync', unit: 'ms', better: 'less' },
  statementsPerClient: { title: '… statements and transactions of each', unit: '', better: 'less' },
  readyMs: { title: 'start to ready, data present', unit: 'ms', better: 'less' },
  firstReadyMs: { title: 'first start to ready, initdb included', unit: 'ms', better: 'less' },
  idleRssMb: { title: 'RSS of the whole tree, no one connected', unit: 'MB', better: 'less' },
  idlePssMb: { title: '… with shared pages counted once', unit: 'MB', better: 'less' },
  uploadMbPerSecond: { title: 'uploads, 20 at once', unit: 'MB/s', better: 'more' },
  quietP99Ms: { title: 'delivery p99 at 200 msg/s', unit: 'ms', better: 'less' },
  busyP99Ms: { title: '… beside 20 uploads of 1.3 MB/s and 20 pictures for previews', unit: 'ms', better: 'less' },
  busyGrowth: { title: '… times as long', unit: '', better: 'less' },
  pushesPerSecond: { title: 'pushes/s meanwhile', unit: '/s', better: 'more' },
  laterPushesPerSecond: { title: 'pushes/s afterwards', unit: '/s', better: 'more' },
  ...growMeasures,
} as const satisfies Record<string, { title: string; unit: string; better: 'more' | 'less' }>;

export type Measure = keyof typeof measures;

/** What one round on one system gave. */
export interface Measured {
  readonly values: Partial<Record<Measure, number>>;
  /** Shares of one core used at saturation, to see who was the bottleneck. */
  readonly shares?: { readonly server: number; readonly generator: number };
  /** Wrong deliveries, refusals and the like, in words; empty when all was right. */
  readonly problems: readonly string[];
}

export interface Plan {
  /** Few of everything, where a workload counts instead of measuring the time. */
  readonly isQuick: boolean;
  readonly warmMs: number;
  readonly measureMs: number;
  /** Messages in flight per writer at saturation; undefined = the workload's own choice. */
  readonly window: number | undefined;
  /** The median of the base's acked/s in this run; undefined until it has run. */
  readonly baseMaximum: number | undefined;
}

export const workloadNames = [
  'room200',
  'room1000',
  'pairs',
  'pairs64',
  'alone',
  'idle',
  'idle5000',
  'reconnect',
  'uploads',
  'push',
  'grow',
] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Workload<Server extends Started = Running> {
  readonly name: WorkloadName;
  run(running: Server, plan: Plan): Promise<Measured>;
}
