import { connect } from 'amqplib';
import { z } from 'zod';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { authOf, forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { operation } from '../../contracts/define.ts';
import { type Actor, systemContext } from '../../kernel/context.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { MemoryDeliveries } from '../memory/memory-deliveries.ts';
import { gateOf } from '../../kernel/bus/suite/each-bus.suite.ts';
import type { IngestBounds } from './ingest-queue.ts';
import { RabbitBus } from './rabbit-bus.ts';

const numbered = z.strictObject({ n: z.int() });
const keep = operation({ name: 'there.keep', summary: 'Keep.', access: 'internal', input: numbered, output: numbered, queueable: true });
const plain = operation({ name: 'there.ask', summary: 'Ask.', access: 'internal', input: numbered, output: numbered });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

requireService('rabbitmq').describe('calls that wait at RabbitMQ', (url) => {
  let team: string;
  let opened: RabbitBus[];
  /** What the processes were given, in order. */
  let given: { readonly n: number; readonly actor: Actor | null }[];
  let standing: ReadonlyMap<string, Actor>;
  let metrics: ReturnType<typeof createMetrics>;

  beforeEach(() => {
    team = ownTeam();
    opened = [];
    given = [];
    standing = new Map();
    metrics = createMetrics();
  });
  afterEach(async () => {
    await Promise.all(opened.map((bus) => bus.stop()));
    await forgetTeam(url, team);
  });

  interface ProcessOptions {
    readonly at?: string;
    readonly bounds?: IngestBounds;
    readonly isDirect?: true;
  }

  const open = (elsewhere: readonly string[], { at = url, bounds, isDirect }: ProcessOptions): RabbitBus => {
    const bus = new RabbitBus({
      server: rabbitServer(at, team),
      auth: authOf(team),
      deliveries: new MemoryDeliveries(),
      logger: silentLogger,
      metrics: elsewhere.length > 0 ? metrics : createMetrics(),
      nodeId: newId(),
      nodeInfo: { modules: elsewhere.length > 0 ? [] : ['there'], transports: [] },
      areasElsewhere: elsewhere,
      durableSubscriptions: [],
      ingest: {
        areas: isDirect ? [] : elsewhere,
        readActors: (ids) => Promise.resolve(ids.map((id) => standing.get(id) ?? null)),
        ...(bounds ? { bounds } : {}),
      },
    });
    opened.push(bus);
    return bus;
  };

  async function caller(options: ProcessOptions = {}): Promise<RabbitBus> {
    const bus = open(['there'], options);
    await bus.start();
    return bus;
  }

  async function server(work: (n: number) => Promise<void> | void = () => undefined, options: ProcessOptions = {}): Promise<RabbitBus> {
    const bus = open([], options);
    const handle = async ({ n }: { n: number }, { actor }: { actor: Actor | null }) => {
      given.push({ n, actor });
      await work(n);
      return { n };
    };
    bus.serve(implement(keep, handle));
    bus.serve(implement(plain, handle));
    await bus.start();
    return bus;
  }

  const accepted = (count: number): Promise<void> =>
    eventually(async () => {
      expect((await metrics.expose()).body).toContain(`confab_rabbit_ingest_total{outcome="accepted"} ${String(count)}`);
    });
  const numbers = (): number[] => given.map(({ n }) => n);

  test('keep the order of one who does not wait for answers', async () => {
    await server();
    const bus = await caller();
    const answers: Promise<unknown>[] = [];
    for (const n of upTo(2_000)) {
      answers.push(bus.call(keep, { n }, systemContext()));
      if (n % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all(answers)).toEqual(upTo(2_000).map((n) => ({ n })));
    expect(numbers()).toEqual(upTo(2_000));
  });

  test('wait while no process serves them, and are answered when one is back; others are refused at once', async () => {
    const bus = await caller();
    const answers = upTo(300).map((n) => bus.call(keep, { n }, systemContext()));
    await expect(bus.call(plain, { n: 0 }, systemContext())).rejects.toMatchObject({ code: 'unavailable' });
    await accepted(300);
    await server();
    expect(await Promise.all(answers)).toEqual(upTo(300).map((n) => ({ n })));
    expect(numbers()).toEqual(upTo(300));
  });

  test('absorb a burst of which a part is refused without them', async () => {
    const burst = async (bus: RabbitBus): Promise<number> => {
      const asked = upTo(12_000).map((n) => bus.call(keep, { n }, systemContext('bus', 60_000)));
      return (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected').length;
    };
    await server();
    const direct = await burst(await caller({ isDirect: true }));
    given.length = 0;
    metrics = createMetrics();
    expect({ direct, queued: await burst(await caller()) }).toEqual({ direct: 2_000, queued: 0 });
    expect(numbers()).toEqual(upTo(12_000));
  });

  test('go in their order to another process when the one that has them dies', async () => {
    const wire = await CutWire.to(url);
    const never = gateOf();
    await server((n) => (n < 20 ? undefined : never.opened), { at: wire.url });
    const bus = await caller();
    const answers = upTo(200).map((n) => bus.call(keep, { n }, systemContext()));
    await eventually(() => {
      expect(given).toHaveLength(200);
    });
    await server();
    wire.cut();
    expect(await Promise.all(answers)).toEqual(upTo(200).map((n) => ({ n })));
    const second = numbers().slice(200);
    expect(second.slice(-180)).toEqual(upTo(200).slice(20));
    expect(second).toEqual([...second].sort((a, b) => a - b));
    never.open();
    await wire.close();
  });

  test('are answered or left to another process by one that stops in order', async () => {
    const first = await server(() => new Promise((resolve) => setImmediate(resolve)));
    const bus = await caller();
    const answers: Promise<unknown>[] = [];
    const asking = { isOver: false };
    let stopped: Promise<void> | null = null;
    for (let n = 0; !asking.isOver; n++) {
      answers.push(bus.call(keep, { n }, systemContext()));
      await new Promise((resolve) => setImmediate(resolve));
      if (n === 300) stopped = first.stop().finally(() => (asking.isOver = true));
    }
    await stopped;
    await server();
    expect(await Promise.all(answers)).toEqual(answers.map((_, n) => ({ n })));
  });

  test('are tried again in their order after a fault that passes', async () => {
    let faults = 0;
    const done: number[] = [];
    await server((n) => {
      if (n >= 50 && faults < 100 && ++faults) throw new AppError('unavailable', { detail: 'The store is away.' });
      done.push(n);
    });
    const bus = await caller();
    expect(await Promise.all(upTo(100).map((n) => bus.call(keep, { n }, systemContext())))).toHaveLength(100);
    expect(faults).toBe(100);
    expect(done).toEqual(upTo(100));
  });

  test('are refused for good as they would be without the queue', async () => {
    await server((n) => {
      if (n === 1) throw new AppError('forbidden', { detail: 'No.' });
      if (n === 2) throw new TypeError('a bug');
    });
    const bus = await caller();
    const answers = await Promise.allSettled(upTo(4).map((n) => bus.call(keep, { n }, systemContext())));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { code: 'forbidden', detail: 'No.' } });
    expect(isAppError((answers[2] as PromiseRejectedResult).reason)).toBe(false);
    expect(numbers()).toEqual(upTo(4));
  });

  test('are done although nobody waits any more', async () => {
    const bus = await caller();
    await expect(bus.call(keep, { n: 7 }, systemContext('bus', 300))).rejects.toMatchObject({ code: 'deadline_exceeded' });
    await server();
    await eventually(() => {
      expect(numbers()).toEqual([7]);
    });
  });

  test('are done in the name of who their asker is by then, and not at all where the session has ended', async () => {
    const people = ['ended', 'other', 'promoted'].map((userId): Actor => ({ userId, sessionId: newId(), role: 'member' }));
    const bus = await caller();
    const settled = Promise.allSettled(people.map((actor, n) => bus.call(keep, { n }, { ...systemContext(), actor })));
    await accepted(3);
    const since = performance.now();
    await eventually(() => {
      expect(performance.now() - since).toBeGreaterThan(600);
    });
    standing = new Map(
      people.slice(1).map((actor) => [actor.sessionId, { ...actor, role: actor.userId === 'promoted' ? 'admin' : 'member' }]),
    );
    await server();
    const answers = await settled;
    expect(answers).toMatchObject([{ reason: { code: 'unauthenticated' } }, { value: { n: 1 } }, { value: { n: 2 } }]);
    expect(given).toMatchObject([
      { n: 1, actor: { userId: 'other', role: 'member' } },
      { n: 2, actor: { userId: 'promoted', role: 'admin' } },
    ]);
  });

  test('are refused when too much lies in the queue, and what was accepted is done', async () => {
    const bounds = { messages: 5, bytes: 1_000_000 };
    const bus = await caller({ bounds });
    const outcomes: string[] = [];
    const settled: Promise<unknown>[] = [];
    // Channels learn that a queue is full a moment after it is.
    for (let n = 0; n < 5_000 && !outcomes.includes('unavailable'); n++) {
      const asked = bus.call(keep, { n }, systemContext()).then(
        () => 'done',
        (error: unknown) => (isAppError(error) && error.retryAfter !== undefined ? error.code : String(error)),
      );
      outcomes.push('waits');
      settled.push(asked.then((outcome) => (outcomes[n] = outcome)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await server(undefined, { bounds });
    await Promise.all(settled);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'unavailable']));
    expect(numbers()).toEqual(upTo(outcomes.length).filter((n) => outcomes[n] === 'done'));
  });

  test('go on after what another program has put among them', async () => {
    const bus = await caller();
    const connection = await connect(url);
    const channel = await connection.createConfirmChannel();
    for (const poison of ['no calls', '{}', '[]', '[null,7,{"id":1}]', '[{"id":1,"operation":"there.keep","askedAt":1,"context":null}]'])
      channel.sendToQueue(`${team}ingest.there`, Buffer.from(poison));
    await channel.waitForConfirms();
    await server();
    await expect(bus.call(keep, { n: 1 }, systemContext())).resolves.toEqual({ n: 1 });
    await eventually(async () => {
      expect((await channel.checkQueue(`${team}ingest.there`)).messageCount).toBe(0);
    });
    await connection.close();
  });
});
