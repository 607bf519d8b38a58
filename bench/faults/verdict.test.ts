import type { Findings } from './checker.ts';
import type { Kill } from './fault-injector.ts';
import type { TrialRecord } from './trial.ts';
import { verdictOn } from './verdict.ts';

const none = { lost: 0, duplicated: 0, gaps: 0, reordered: 0 };
const clean: Findings = {
  seq: none,
  rev: none,
  state: { texts: 0, deletions: 0, reactions: 0, reads: 0 },
  mirrors: { differing: 0, phantoms: 0, conflicting: 0, resets: 0 },
};
const kill: Kill = { victim: 'tree', phase: 'working', afterMs: 100, readyMs: 900, healed: false, postmasters: 1, trouble: undefined };
const record: TrialRecord = {
  kills: [kill],
  findings: clean,
  ackedSends: 500,
  ackedChanges: 600,
  messages: 510,
  repeatedAttempts: 20,
  healedHoles: 1,
  refusals: {},
  presence: undefined,
  stop: { code: 0, left: 0 },
};

describe('the verdict', () => {
  it('passes a trial in which every promise was kept', () => {
    const { faults, line } = verdictOn(record);
    expect(faults).toEqual([]);
    expect(line).toBe(
      'kill test: 1 kills; 500 acked sends, 510 messages; lost 0, duplicated 0, gaps 0, reordered 0; other findings 0; ready in 900 ms (median), 900 ms (most); PASSED',
    );
  });

  it.each<[string, Partial<TrialRecord>, RegExp]>([
    ['a lost message', { findings: { ...clean, seq: { ...none, lost: 2 } } }, /seq: 2 lost/],
    ['a watcher who ended up elsewhere', { findings: { ...clean, mirrors: { ...clean.mirrors, differing: 1 } } }, /mirrors: 1 differing/],
    ['a slow return', { kills: [{ ...kill, readyMs: 10_001 }] }, /ready only after 10001 ms/],
    ['a server that held up sends', { kills: [{ ...kill, outage: { ms: 30_000, acked: 3, largestMb: 300 } }] }, /only 3 sends/],
    ['a queue that grew', { kills: [{ ...kill, outage: { ms: 30_000, acked: 300, largestMb: 601 } }] }, /had 601 MB/],
    ['a second postmaster', { kills: [{ ...kill, postmasters: 2 }] }, /2 postmasters/],
    ['no postmaster', { kills: [{ ...kill, postmasters: 0 }] }, /0 postmasters/],
    ['a hand that was needed', { kills: [{ ...kill, trouble: 'neither healed nor ended' }] }, /kill 1 \(tree, working\): neither healed/],
    ['a wrong refusal', { refusals: { not_found: 3 } }, /3 changes were refused with not_found/],
    ['a stop with an error', { stop: { code: 1, left: 0 } }, /ended with 1/],
    ['a process left behind', { stop: { code: 0, left: 2 } }, /2 database processes were left/],
    ['a person stuck online', { presence: { onlineMs: 5, offlineMs: undefined } }, /wrong for a minute \(offlineMs\)/],
    ['a person shown late', { presence: { onlineMs: 30_001, offlineMs: 5 } }, /wrong for 30001 ms \(onlineMs\)/],
    ['too little load', { ackedSends: 5 }, /too little load/],
  ])('fails %s', (_what, change, words) => {
    const { faults, line } = verdictOn({ ...record, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(words);
    expect(line).toMatch(/FAILED with 1 faults$/);
  });
});
