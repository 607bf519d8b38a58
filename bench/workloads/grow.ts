import type { Grown } from '../rig/grown-systems.ts';
import { startMeter } from '../rig/meter.ts';
import { percentile } from '../rig/statistics.ts';
import { type GrowFigure, type GrowStep, searchSteps } from './grow-measures.ts';
import { HistoryReader, type Timed } from './history-reader.ts';
import { search, type SearchKind } from './search.ts';
import type { Workload } from './workload.ts';

const queries: Readonly<Record<(typeof searchSteps)[number], readonly SearchKind[]>> = {
  rare: ['rare word', 'no such word'],
  common: ['common word', 'from a person'],
  twoWords: ['two common words', 'two rare words'],
  phrase: ['phrase of common words', 'phrase that is not there'],
  prefix: ['two letters', 'four letters'],
};

/** One thing after another is asked of a team with a long history, half of it in one conversation. */
export const grow: Workload<Grown> = {
  name: 'grow',
  run: async (running, { isQuick }) => {
    const values: Partial<Record<`${GrowStep}${GrowFigure}`, number>> = {};
    const add = (step: GrowStep, { timesMs, spent }: Timed): void => {
      values[`${step}P50Ms`] = percentile(timesMs, 0.5);
      values[`${step}P95Ms`] = percentile(timesMs, 0.95);
      values[`${step}Cpu`] = ((spent.app + spent.database) / timesMs.length) * 1e6;
    };
    const count = isQuick ? 100 : 500;
    const reader = await HistoryReader.open(running);
    try {
      add('pageEnd', await reader.time(count, () => reader.newestPage()));
      add('pageMiddle', await reader.time(count, (n) => reader.pageInTheMiddle(n)));
      add('sync', await reader.time(count, () => reader.sync()));
      for (const step of searchSteps) add(step, await searchAll(running, queries[step], isQuick ? 10 : 40));
      // Last: what is sent is indexed behind what comes next.
      add('send', await reader.time(count, () => reader.send()));
      return { values, problems: reader.problems };
    } finally {
      reader.close();
    }
  },
};

/** By somebody in all conversations, and by somebody in three. */
async function searchAll({ team, ports, pids }: Grown, kinds: readonly SearchKind[], perKind: number): Promise<Timed> {
  const plan = { port: ports[0]!, people: {}, conversationId: team.conversations[7]!, senderId: team.owner.user.id, perKind };
  const timesMs: number[] = [];
  const read = startMeter(pids);
  for (const kind of kinds)
    for (const { accessToken } of [team.owner, team.other]) timesMs.push(...(await search(plan, kind, accessToken)).timesMs);
  return { timesMs, spent: read() };
}
