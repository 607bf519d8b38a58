/** One kill and what came after it. */
export interface Kill {
  /** `tree`, `node` or `postmaster` of one process that stands alone; else the name of what was killed. */
  readonly victim: string;
  /** `starting`: before it was ready; `working`: under load. */
  readonly phase: 'starting' | 'working';
  readonly afterMs: number;
  /** From the kill's restart (or its healing in place) to ready. */
  readonly readyMs: number;
  /** The server came back without being started again. */
  readonly healed: boolean;
  /** How many of its own each server has. */
  readonly postmasters: number;
  /** Of a server beside the team: how it went without it. */
  readonly outage?: Outage;
  /** What needed a hand, in words; undefined when nothing did. */
  readonly trouble: string | undefined;
}

/** A server that the team uses was away for a while. */
export interface Outage {
  readonly ms: number;
  /** Sends that were acked while it was away; undefined where none can be. */
  readonly acked: number | undefined;
  /** The largest of the team's processes at the end of it, its children included. */
  readonly largestMb: number;
}

/** Keeps what is under trial running, and kills parts of it by a plan that a seed decides. */
export interface FaultInjector {
  readonly kills: readonly Kill[];
  /** What the servers said last, for a failure's message. */
  readonly lastWords: string;
  setupToken(): string;
  /** One kill out of the plan, and the way back to ready. */
  strike(): Promise<Kill>;
  /** SIGTERM; answers the worst exit code and the processes left behind. */
  stop(): Promise<{ code: number | null; left: number }>;
  startAgain(): Promise<void>;
  /** Leaves nothing running, whatever happened. */
  end(): Promise<void> | void;
}
