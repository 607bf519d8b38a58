import { z } from 'zod';
import { eventually } from '../../../test/harness/eventually.ts';
import { authOf, forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { operation } from '../../contracts/define.ts';
import { systemContext } from '../../kernel/context.ts';
import { isAppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { MemoryDeliveries } from '../memory/memory-deliveries.ts';
import { RabbitBus } from './rabbit-bus.ts';

const numbered = z.strictObject({ n: z.int() });
const ask = operation({ name: 'there.ask', summary: 'Ask.', access: 'internal', input: numbered, output: numbered });
const waitMs = 20_000;

requireService('rabbitmq').describe('a process that stops in order', (url) => {
  const team = ownTeam();
  const open = (modules: readonly string[], areasElsewhere: readonly string[]): RabbitBus =>
    new RabbitBus({
      server: rabbitServer(url, team),
      auth: authOf(team),
      deliveries: new MemoryDeliveries(),
      logger: silentLogger,
      metrics: createMetrics(),
      nodeId: newId(),
      nodeInfo: { modules, transports: [] },
      areasElsewhere,
      durableSubscriptions: [],
    });
  afterAll(() => forgetTeam(url, team));

  /** Asks all the time, as a busy gateway does, while a process comes and goes. */
  async function playOnce(caller: RabbitBus): Promise<{ lost: number; slowestMs: number; answered: number; refused: number }> {
    const process = open(['there'], []);
    const begun = new Set<number>();
    process.serve(
      implement(ask, async ({ n }) => {
        begun.add(n);
        await new Promise((resolve) => setImmediate(resolve));
        return { n };
      }),
    );
    await process.start();
    const tally = { lost: 0, slowestMs: 0, answered: 0, refused: 0 };
    const calls: Promise<void>[] = [];
    const askOnce = async (n: number): Promise<void> => {
      const since = performance.now();
      try {
        await caller.call(ask, { n }, systemContext('bus', waitMs));
        tally.answered++;
      } catch (error) {
        if (begun.has(n) || !isAppError(error) || error.code !== 'unavailable') tally.lost++;
        tally.refused++;
      }
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - since);
    };
    let stopped: Promise<void> | null = null;
    const progress = { isOver: false };
    for (let n = 0; !progress.isOver; n += 3) {
      calls.push(askOnce(n), askOnce(n + 1), askOnce(n + 2));
      await new Promise((resolve) => setImmediate(resolve));
      if (tally.answered > 100) stopped ??= process.stop().finally(() => (progress.isOver = true));
    }
    await stopped;
    await Promise.all(calls);
    return tally;
  }

  test('answers whatever it began, and whoever comes too late soon gets an error', async () => {
    const caller = open([], ['there']);
    await caller.start();
    for (let round = 0; round < 5; round++) {
      const { lost, slowestMs, answered, refused } = await playOnce(caller);
      expect(lost).toBe(0);
      expect(answered).toBeGreaterThan(100);
      expect(refused).toBeGreaterThan(0);
      expect(slowestMs).toBeLessThan(waitMs / 2);
    }
    await caller.stop();
  });

  test('leaves its calls to another that serves the same', async () => {
    const caller = open([], ['there']);
    const processes = [open(['there'], []), open(['there'], [])] as const;
    const served = [0, 0];
    processes.forEach((process, index) => {
      process.serve(
        implement(ask, (input) => {
          served[index] = (served[index] ?? 0) + 1;
          return input;
        }),
      );
    });
    await Promise.all([...processes, caller].map((bus) => bus.start()));
    await eventually(async () => {
      await caller.call(ask, { n: 1 }, systemContext());
      expect(Math.min(...served)).toBeGreaterThan(0);
    });
    const asking = { isOver: false };
    const stopped = processes[0].stop().finally(() => (asking.isOver = true));
    while (!asking.isOver) await caller.call(ask, { n: 2 }, systemContext());
    await stopped;
    await caller.call(ask, { n: 3 }, systemContext());
    await Promise.all([caller.stop(), processes[1].stop()]);
  });
});
