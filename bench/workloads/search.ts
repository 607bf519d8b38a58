import { call } from '../rig/api.ts';
import { percentile } from '../rig/statistics.ts';
import { Words } from '../rig/words.ts';

/** Where people search, over a history of `fillHistory`. */
export interface SearchPlan {
  readonly port: number;
  /** Somebody in all conversations, and somebody in few. */
  readonly people: Readonly<Record<string, string>>;
  readonly conversationId: string;
  readonly senderId: string;
  readonly perKind: number;
}

export interface SearchFigure {
  readonly kind: string;
  readonly who: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly found: number;
  readonly partial: number;
}

interface Query {
  readonly q: string;
  readonly [filter: string]: string;
}

/** Kinds of query; the number makes another one of each kind. */
const kinds = ({ conversationId, senderId }: Pick<SearchPlan, 'conversationId' | 'senderId'>) => {
  const word = (rank: number): string => Words.of(rank);
  const yesterday = new Date(Date.now() - 3_600_000).toISOString();
  return {
    'common word': (n: number) => ({ q: word(n % 20) }),
    'rare word': (n: number) => ({ q: word(20_000 + n * 317) }),
    'no such word': (n: number) => ({ q: `qqzz${String(n)}` }),
    'two common words': (n: number) => ({ q: `${word(n % 10)} ${word(10 + n)}` }),
    'two rare words': (n: number) => ({ q: `${word(500 + n * 11)} ${word(3_000 + n * 17)}` }),
    'phrase of common words': (n: number) => ({ q: `"${word(n % 7)} ${word((n * 3) % 11)}"` }),
    'phrase that is not there': (n: number) => ({ q: `"${word(n % 7)} ${word((n * 3) % 9)} ${word(n % 5)} ${word(n % 3)}"` }),
    'two letters': (n: number) => ({ q: word(n * 7).slice(0, 2) }),
    'four letters': (n: number) => ({ q: word(n * 11).slice(0, 4) }),
    'has link': (n: number) => ({ q: word(n % 10), has: 'link' }),
    'from a person': (n: number) => ({ q: word(n % 20), from: senderId }),
    'in a conversation': (n: number) => ({ q: word(n % 20), in: conversationId }),
    'before an hour ago': (n: number) => ({ q: word(n % 20), before: yesterday }),
    'after an hour ago': (n: number) => ({ q: word(n % 20), after: yesterday }),
    'two Han letters': (n: number) => ({ q: String.fromCharCode(0x4e00 + (n % 50), 0x4e01 + ((n * 7) % 90)) }),
  } satisfies Readonly<Record<string, (n: number) => Query>>;
};

export type SearchKind = keyof ReturnType<typeof kinds>;

export interface Searched {
  readonly timesMs: readonly number[];
  readonly found: number;
  readonly partial: number;
}

/** Searches of one kind, one after another over HTTP; the times until the answer is read. */
export async function search(plan: SearchPlan, kind: SearchKind, token: string): Promise<Searched> {
  const queryOf = kinds(plan)[kind];
  const timesMs: number[] = [];
  let [found, partial] = [0, 0];
  for (let n = 0; n < plan.perKind; n++) {
    const since = performance.now();
    const path = `/search/messages?${new URLSearchParams(queryOf(n)).toString()}`;
    const page = await call<{ items: unknown[]; isPartial?: boolean }>(plan.port, { method: 'GET', path, token });
    timesMs.push(performance.now() - since);
    found += page.items.length;
    if (page.isPartial === true) partial++;
  }
  return { timesMs, found, partial };
}

export async function measureSearch(plan: SearchPlan): Promise<SearchFigure[]> {
  const figures: SearchFigure[] = [];
  for (const kind of Object.keys(kinds(plan)) as SearchKind[])
    for (const [who, token] of Object.entries(plan.people)) {
      const { timesMs, ...counts } = await search(plan, kind, token);
      figures.push({ kind, who, p50Ms: percentile(timesMs, 0.5), p95Ms: percentile(timesMs, 0.95), ...counts });
    }
  return figures;
}

export const asLine = ({ kind, who, p50Ms, p95Ms, found, partial }: SearchFigure): string =>
  `${kind.padEnd(26)} ${who.padEnd(8)} p50 ${p50Ms.toFixed(1).padStart(7)} ms  p95 ${p95Ms.toFixed(1).padStart(7)} ms  found ${String(found)}${
    partial > 0 ? `, cut short ${String(partial)}` : ''
  }`;
