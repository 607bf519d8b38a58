import { median } from '../rig/statistics.ts';
import { totalOf, type Findings } from './checker.ts';
import type { PresenceRecord } from './presence.ts';
import type { Kill } from './fault-injector.ts';
import type { TrialRecord } from './trial.ts';

export interface Verdict {
  /** In words; none = every promise was kept. */
  readonly faults: readonly string[];
  /** One line for a terminal and a log. */
  readonly line: string;
}

const readyWithinMs = 10_000;
const presenceWithinMs = 30_000;
/** While something is away, what waits for it must not pile up. */
const largestAtMostMb = 600;
/** Below this a run shows nothing: the server was hardly ever written to. */
const ackedPerKill = 20;

export function verdictOn(record: TrialRecord): Verdict {
  const faults = [
    ...findingsInWords(record.findings),
    ...record.kills.flatMap((kill, index) => killInWords(kill, index + 1)),
    ...Object.entries(record.refusals).map(([code, count]) => `${String(count)} changes were refused with ${code}`),
    ...presenceInWords(record.presence),
    ...stopInWords(record.stop),
    ...(record.ackedSends < ackedPerKill * record.kills.length
      ? [`only ${String(record.ackedSends)} sends were acked: too little load to show anything`]
      : []),
  ];
  return { faults, line: lineOf(record, faults.length) };
}

function lineOf({ kills, findings: { seq, rev, ...others }, ackedSends, messages, presence }: TrialRecord, faults: number): string {
  const sum = (kind: keyof Findings['seq']): string => `${kind} ${String(seq[kind] + rev[kind])}`;
  const ready = kills.map(({ readyMs }) => readyMs);
  return [
    `kill test: ${String(kills.length)} kills`,
    `${String(ackedSends)} acked sends, ${String(messages)} messages`,
    [sum('lost'), sum('duplicated'), sum('gaps'), sum('reordered')].join(', '),
    `other findings ${String(totalOf({ seq: none, rev: none, ...others }))}`,
    `ready in ${String(median(ready))} ms (median), ${String(Math.max(...ready))} ms (most)`,
    ...(presence ? [`presence right in ${String(presence.onlineMs)} ms, after a loss in ${String(presence.offlineMs)} ms`] : []),
    faults === 0 ? 'PASSED' : `FAILED with ${String(faults)} faults`,
  ].join('; ');
}

const none = { lost: 0, duplicated: 0, gaps: 0, reordered: 0 };

function findingsInWords(findings: Findings): string[] {
  return Object.entries(findings).flatMap(([group, counts]) =>
    Object.entries(counts as Record<string, number>)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `${group}: ${String(count)} ${kind}`),
  );
}

function killInWords({ victim, phase, readyMs, postmasters, outage, trouble }: Kill, number: number): string[] {
  const which = `kill ${String(number)} (${victim}, ${phase})`;
  return [
    ...(trouble === undefined ? [] : [`${which}: ${trouble.slice(0, 500)}`]),
    ...(readyMs > readyWithinMs ? [`${which}: ready only after ${String(readyMs)} ms`] : []),
    ...(outage?.acked !== undefined && outage.acked < ackedPerKill
      ? [`${which}: only ${String(outage.acked)} sends were acked while it was away`]
      : []),
    ...(outage && outage.largestMb > largestAtMostMb ? [`${which}: a process had ${String(outage.largestMb)} MB while it was away`] : []),
    ...(postmasters === 1 ? [] : [`${which}: ${String(postmasters)} postmasters on the data directory`]),
  ];
}

function presenceInWords(presence: PresenceRecord | undefined): string[] {
  return Object.entries(presence ?? {}).flatMap(([which, ms]: [string, number | undefined]) =>
    ms !== undefined && ms <= presenceWithinMs
      ? []
      : [`presence was wrong for ${ms === undefined ? 'a minute' : `${String(ms)} ms`} (${which})`],
  );
}

function stopInWords({ code, left }: TrialRecord['stop']): string[] {
  return [
    ...(code === 0 ? [] : [`the orderly stop ended with ${String(code)}`]),
    ...(left === 0 ? [] : [`${String(left)} database processes were left by the orderly stop`]),
  ];
}
