import { type Actor, systemContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { gateOf } from '../../kernel/bus/suite/each-bus.suite.ts';
import type { AnswerMessage } from './call-messages.ts';
import { IngestExecutor } from './ingest-executor.ts';
import type { IngestMessage } from './ingest-queue.ts';

const ana: Actor = { userId: 'ana', sessionId: newId(), role: 'member' };
const wordOf = (id: number, ageMs = 0): IngestMessage => ({
  id,
  operation: 'there.keep',
  input: null,
  context: { ...systemContext(), actor: ana },
  askedAt: Date.now() - ageMs,
});
const away = () => new AppError('unavailable', { detail: 'Away.' });

interface Played {
  readonly line: IngestExecutor;
  readonly begun: number[];
  readonly answers: AnswerMessage[];
  /** Settles when so many are answered. */
  answered(count: number): Promise<void>;
}

function play(
  perform: (id: number) => Promise<unknown>,
  readActors: () => Promise<(Actor | null)[]> = () => Promise.resolve([ana]),
): Played & {
  take(words: readonly IngestMessage[]): void;
} {
  const begun: number[] = [];
  const answers: AnswerMessage[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const line = new IngestExecutor({
    perform: ({ id }) => {
      begun.push(id);
      return perform(id);
    },
    readActors,
    noteFailure: () => undefined,
    metrics: createMetrics(),
  });
  return {
    line,
    begun,
    answers,
    answered: (count) => new Promise((resolve) => waiting.push({ count, resolve })),
    take: (words) => {
      line.take(words, (answer) => {
        answers.push(answer);
        for (const { count, resolve } of waiting) if (answers.length >= count) resolve();
      });
    },
  };
}

test('what comes while another waits for its next try begins after it', async () => {
  let isAway = true;
  const { begun, answered, take } = play((id) => (id === 1 && isAway ? Promise.reject(away()) : Promise.resolve(id)));
  const all = answered(3);
  take([wordOf(1)]);
  await Promise.resolve();
  isAway = false;
  await new Promise((resolve) => setImmediate(resolve));
  take([wordOf(2), wordOf(3)]);
  await all;
  expect(begun).toEqual([1, 1, 2, 3]);
});

test('a new call waits for an old one whose session is looked at', async () => {
  const gate = gateOf();
  const { begun, answers, answered, take } = play(
    (id) => Promise.resolve(id),
    () => gate.opened.then(() => [null]),
  );
  const all = answered(2);
  take([wordOf(1, 5_000)]);
  take([wordOf(2)]);
  expect(begun).toEqual([]);
  gate.open();
  await all;
  expect(begun).toEqual([2]);
  expect(answers).toMatchObject([
    { id: 1, refusal: { code: 'unauthenticated' } },
    { id: 2, output: 2 },
  ]);
});

test('a clock that is behind has its sessions looked at too', async () => {
  const { answers, answered, take } = play(
    (id) => Promise.resolve(id),
    () => Promise.resolve([null]),
  );
  const all = answered(1);
  take([wordOf(1, -5_000)]);
  await all;
  expect(answers).toMatchObject([{ refusal: { code: 'unauthenticated' } }]);
});

test('sessions that cannot be looked at now are looked at again', async () => {
  let asked = 0;
  const { begun, answered, take } = play(
    (id) => Promise.resolve(id),
    () => (++asked === 1 ? Promise.reject(away()) : Promise.resolve([ana])),
  );
  const all = answered(2);
  take([wordOf(1, 5_000), wordOf(2)]);
  await all;
  expect(asked).toBe(2);
  expect(begun).toEqual([1, 2]);
});

test('what was cleared is neither begun nor tried again nor answered', async () => {
  const gate = gateOf();
  const { line, begun, answers, take } = play(() => gate.opened.then(() => Promise.reject(away())));
  take([wordOf(1)]);
  line.clear();
  expect(line.onHand).toBe(1);
  gate.open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(line.onHand).toBe(0);
  expect(begun).toEqual([1]);
  expect(answers).toEqual([]);
});
