import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../faults/account.ts';
import { ask } from '../../rig/api.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';
import type { Stage } from '../stage.ts';
import { hanText, longest } from './texts.ts';
import { writeAll } from './writers.ts';

const writersCount = 3;
const textsOfEach = 85;
const searchedForMs = 25_000;
const answeredWithinMs = 3_000;

interface Found {
  readonly searches: number;
  readonly failed: number;
  readonly slowestMs: number;
  /** From the word's message to the first search that found it; null when none did. */
  readonly foundAfterMs: number | null;
}

/** 255 texts of 16,000 letters, no two letters alike; meanwhile a member of that room looks for a word of another room. */
export const searchPoison: Play = {
  name: 'search-poison',
  summary: '255 messages of 16,000 random Han characters; a member of that room searches another room all the time',
  run: async (stage) => {
    const [searcher, friend, ...writers] = await stage.people(2 + writersCount);
    const poisoned = await stage.group(writers[0]!, [searcher!, ...writers.slice(1)]);
    const quiet = await stage.group(friend!, [searcher!]);
    const others = await Others.join(stage);
    const texts = Array.from({ length: textsOfEach }, () => hanText(longest));
    const { felt, result } = await others.during(async () => {
      await Promise.all(writers.map((writer) => writeAll(stage.port, writer, { conversationId: poisoned, texts })));
      await writeAll(stage.port, friend!, { conversationId: quiet, texts: ['the marmalade is in the cupboard'] });
      return searchOn(stage, searcher!);
    });
    others.leave();
    const { searches, failed, slowestMs, foundAfterMs } = result;
    return {
      figures: {
        searches: `${String(searches)}, slowest ${slowestMs.toFixed(0)} ms`,
        'found after': foundAfterMs === null ? 'never' : `${foundAfterMs.toFixed(0)} ms`,
        'others p50/p95/max': figureOf(felt),
      },
      faults: [
        ...(failed > 0 ? [`${String(failed)} of ${String(searches)} searches failed`] : []),
        ...(slowestMs > answeredWithinMs ? [`a search took ${slowestMs.toFixed(0)} ms`] : []),
        ...(foundAfterMs === null ? ['a word of another room was not found'] : []),
        ...complaintsOf(felt),
      ],
    };
  },
};

async function searchOn(stage: Stage, searcher: Account): Promise<Found> {
  const token = await searcher.token();
  const since = performance.now();
  const found = { searches: 0, failed: 0, slowestMs: 0, foundAfterMs: null as number | null };
  while (performance.now() - since < searchedForMs) {
    const { status, text, ms } = await ask(stage.port, {
      method: 'GET',
      path: '/search/messages?q=marmalade',
      token,
      address: '198.51.98.1',
    });
    found.searches++;
    if (status !== 200) found.failed++;
    found.slowestMs = Math.max(found.slowestMs, ms);
    const { items } = JSON.parse(text) as { items?: unknown[] };
    if (items?.length === 1) found.foundAfterMs ??= performance.now() - since;
    await sleep(1_100);
  }
  return found;
}
