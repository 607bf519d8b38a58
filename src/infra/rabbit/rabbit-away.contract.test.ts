import { z } from 'zod';
import { CutWire } from '../../../test/harness/cut-wire.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { authOf, forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { event, operation } from '../../contracts/define.ts';
import { eventsMayBeLost } from '../../contracts/nodes/nodes.ts';
import { systemContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { type DomainEvent, implement, onLive, onEvent } from '../../kernel/bus/bus.ts';
import { gateOf } from '../../kernel/bus/suite/each-bus.suite.ts';
import { MemoryDeliveries } from '../memory/memory-deliveries.ts';
import { keyOf } from './event-publisher.ts';
import { RabbitBus } from './rabbit-bus.ts';

const nothing = z.strictObject({});
const ask = operation({ name: 'there.ask', summary: 'Ask.', access: 'internal', input: nothing, output: nothing });
const here = operation({ name: 'here.ask', summary: 'Ask.', access: 'internal', input: nothing, output: nothing });
const happened = event({ name: 'suite.happened', summary: 'It happened.', delivery: 'event', payload: z.strictObject({ n: z.int() }) });
const reaction = { event: happened.name, subscriber: 'there.reaction' };
const eventOf = (n: number): DomainEvent => ({ id: newId(), event: happened.name, payload: { n } });

/** One process whose way to RabbitMQ can be cut, and one that is always there and serves and reacts. */
requireService('rabbitmq').describe('a process cut off from RabbitMQ', (url) => {
  let wire: CutWire & { readonly url: string };
  let team: string;
  let near: RabbitBus;
  let far: RabbitBus;
  const metrics = createMetrics();
  const taken: number[] = [];
  const missed: boolean[] = [];
  const gate = gateOf();

  const open = (address: string, areasElsewhere: readonly string[], modules: readonly string[], metrics = createMetrics()): RabbitBus =>
    new RabbitBus({
      server: rabbitServer(address, team, metrics),
      auth: authOf(team),
      deliveries: new MemoryDeliveries(),
      logger: silentLogger,
      metrics,
      nodeId: newId(),
      nodeInfo: { modules, transports: [] },
      areasElsewhere,
      durableSubscriptions: [reaction],
    });

  beforeAll(async () => {
    wire = await CutWire.to(url);
    team = ownTeam();
    near = open(wire.url, ['there'], ['here'], metrics);
    far = open(url, [], ['there']);
    near.serve(implement(here, () => ({})));
    near.subscribe(onLive(eventsMayBeLost, 'suite', ({ payload }) => void missed.push(payload.over)));
    far.serve(implement(ask, () => gate.opened.then(() => ({}))));
    far.subscribe(onEvent(happened, reaction.subscriber, ({ payload }) => void taken.push(payload.n)));
    await Promise.all([near.start(), far.start()]);
  });
  afterAll(async () => {
    await Promise.all([near.stop(), far.stop()]);
    await forgetTeam(url, team, [keyOf(reaction)]);
    await wire.close();
  });

  test('has its calls under way refused and new ones at once, but its own operations go on', async () => {
    const underWay = near.call(ask, {}, systemContext());
    await eventually(async () => {
      expect((await metrics.expose()).body).toContain('confab_rabbit_calls_waiting 1');
    });
    wire.cut();
    await expect(underWay).rejects.toMatchObject({ code: 'unavailable' });
    const since = performance.now();
    await expect(near.call(ask, {}, systemContext())).rejects.toMatchObject({ code: 'unavailable', retryAfter: 2 });
    // Far from the deadline of ten seconds, also on a busy machine.
    expect(performance.now() - since).toBeLessThan(5_000);
    await expect(near.call(here, {}, systemContext())).resolves.toEqual({});
    gate.open();
  });

  test('knows that it may miss news', async () => {
    await eventually(() => {
      expect(missed).toContain(false);
    });
  });

  test('holds events for others within bounds, and keeps no promise it cannot keep', async () => {
    const delivered: number[] = [];
    const refused: number[] = [];
    for (let n = 0; n < 5_010; n++) {
      void near.deliver([eventOf(n)]).then(
        () => delivered.push(n),
        () => refused.push(n),
      );
    }
    await eventually(() => {
      expect(refused).toHaveLength(10);
    });
    expect(delivered).toEqual([]);
    const { body } = await metrics.expose();
    expect(body).toContain('confab_rabbit_facts_unconfirmed 5000');
    expect(body).toContain('confab_rabbit_up 0');

    wire.mend();
    await eventually(() => {
      expect(delivered).toHaveLength(5_000);
      expect([...new Set(taken)].sort((a, b) => a - b)).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
    });
  });

  test('finds everything again by itself', async () => {
    await eventually(async () => {
      await expect(near.call(ask, {}, systemContext())).resolves.toEqual({});
      expect(missed.at(-1)).toBe(true);
    });
    const { body } = await metrics.expose();
    expect(body).toMatch(/confab_rabbit_connects_total\{outcome="made"\} 2/);
    expect(body).toMatch(/confab_rabbit_calls_total\{outcome="cut"\} [2-9]/);
  });
});
