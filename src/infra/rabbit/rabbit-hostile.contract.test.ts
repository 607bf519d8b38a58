import { jest } from '@jest/globals';
import { type ChannelModel, type ConfirmChannel, connect, type ConsumeMessage } from 'amqplib';
import { z } from 'zod';
import { eventually } from '../../../test/harness/eventually.ts';
import { authOf, forgetTeam, ownTeam, rabbitServer } from '../../../test/harness/rabbit.ts';
import { requireService } from '../../../test/harness/services.ts';
import { event, operation } from '../../contracts/define.ts';
import { type Context, systemContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { implement, onEvent } from '../../kernel/bus/bus.ts';
import { MemoryDeliveries } from '../memory/memory-deliveries.ts';
import { gateOf } from '../../kernel/bus/suite/each-bus.suite.ts';
import { keyOf } from './event-publisher.ts';
import { RabbitBus } from './rabbit-bus.ts';

const numbered = z.strictObject({ n: z.int() });
const make = operation({ name: 'there.make', summary: 'Make.', access: 'internal', input: numbered, output: numbered });
const keep = operation({ ...make, name: 'there.keep', queueable: true });
const ask = operation({ ...make, name: 'rogue.ask' });
const happened = event({ name: 'suite.happened', summary: 'It happened.', delivery: 'event', payload: numbered });
const reaction = { event: happened.name, subscriber: 'there.reaction' };

/** Whoever owns the broker may read, drop, repeat and write messages; none of these ends a connection, and none makes a process do anything. */
requireService('rabbitmq').describe('messages at RabbitMQ that no process of the team wrote', (url) => {
  const team = ownTeam();
  const metrics = createMetrics();
  const deliveries = new MemoryDeliveries();
  const done: number[] = [];
  const gate = gateOf();
  let caller: RabbitBus;
  let server: RabbitBus;
  let connection: ChannelModel;
  let channel: ConfirmChannel;

  const open = (areasElsewhere: readonly string[], ingestAreas: readonly string[], metrics = createMetrics()): RabbitBus =>
    new RabbitBus({
      server: rabbitServer(url, team, metrics),
      auth: authOf(team, metrics),
      deliveries,
      logger: silentLogger,
      metrics,
      nodeId: newId(),
      nodeInfo: { modules: [], transports: [] },
      areasElsewhere,
      durableSubscriptions: [reaction],
      ingest: { areas: ingestAreas, readActors: (ids) => Promise.resolve(ids.map(() => null)) },
    });

  beforeAll(async () => {
    caller = open(['there', 'rogue'], ['there']);
    server = open([], [], metrics);
    const handle = async ({ n }: { n: number }): Promise<{ n: number }> => {
      done.push(n);
      if (n === 1) await gate.opened;
      return { n };
    };
    server.serve(implement(make, handle));
    server.serve(implement(keep, handle));
    server.subscribe(onEvent(happened, reaction.subscriber, ({ payload }) => void done.push(payload.n)));
    await server.start();
    await caller.start();
    connection = await connect(url);
    channel = await connection.createConfirmChannel();
  });
  afterAll(async () => {
    await connection.close();
    await Promise.all([caller.stop(), server.stop()]);
    await forgetTeam(url, team, [keyOf(reaction)]);
  });

  const callsOf = (n: number, change: object = {}): string =>
    JSON.stringify([{ id: n, operation: make.name, input: { n }, context: systemContext(), askedAt: Date.now(), ...change }]);
  const eventOf = (n: number): string => JSON.stringify({ id: newId(), event: happened.name, payload: { n }, attempts: 0 });
  const put = async (queue: string, contents: readonly (Buffer | string)[], options: object = {}): Promise<void> => {
    for (const content of contents) channel.sendToQueue(`${team}${queue}`, Buffer.from(content as string), options);
    await channel.waitForConfirms();
  };
  const refusals = async (kind: string, reason: string): Promise<number> => {
    const { body } = await metrics.expose();
    return Number(new RegExp(`refused_total\\{kind="${kind}",reason="${reason}"\\} (\\d+)`).exec(body)?.[1] ?? 0);
  };
  /** Whatever was put before has been looked at when this is done. */
  const answers = (n: number): Promise<unknown> => caller.call(make, { n }, systemContext());

  const anything = [
    '',
    'no calls',
    '{}',
    '[null,7,"x",[],{"id":1}]',
    '[{"id":1,"operation":"there.make"}]',
    '[{"id":1,"operation":"there.make","context":null}]',
    '[{"id":1,"operation":{"toString":1},"context":{"deadline":9e15}}]',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'x'.repeat(5_000_000),
    Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  ];

  test('calls of any shape are refused, and those under way are answered', async () => {
    const underWay = caller.call(make, { n: 1 }, systemContext());
    await eventually(() => {
      expect(done).toContain(1);
    });
    await put('calls.there', anything);
    await put('calls.there', anything, { contentType: 'application/octet-stream', headers: { deep: { deeper: { deepest: [1, 'x'] } } } });
    // Signed, as by a version to come.
    await put(
      'calls.there',
      anything.map((text) => authOf(team).sign('call', 'there', String(text))),
    );
    await expect(answers(2)).resolves.toEqual({ n: 2 });
    gate.open();
    await expect(underWay).resolves.toEqual({ n: 1 });
    expect(await refusals('call', 'unsigned')).toBe(2 * anything.length);
    expect(await refusals('call', 'malformed')).toBe(anything.length);
    expect((await metrics.expose()).body).toContain('confab_rabbit_connects_total{outcome="made"} 1');
  });

  test('a forged call is not done, whoever signed it and for whatever', async () => {
    const others = authOf(ownTeam());
    const own = authOf(team);
    await put('calls.there', [callsOf(66), others.sign('call', 'there', callsOf(67)), own.sign('ingest', 'there', callsOf(69))]);
    await answers(3);
    expect(done.filter((n) => n > 60)).toEqual([]);
  });

  test('a recorded call is done once, and not at all when it is old', async () => {
    const recorded = authOf(team).sign('call', 'there', callsOf(10));
    await put('calls.there', [recorded, recorded, recorded]);
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now - 61_000);
    const context: Context = { ...systemContext(), deadline: now + 60_000 };
    const old = authOf(team).sign('call', 'there', callsOf(11, { context }));
    clock.mockRestore();
    await put('calls.there', [old]);
    await answers(12);
    expect(done.filter((n) => n === 10 || n === 11)).toEqual([10]);
    expect([await refusals('call', 'replayed'), await refusals('call', 'stale')]).toEqual([2, 1]);
  });

  test('an answer is taken from a process of the team, to this call alone', async () => {
    const taken = gateOf();
    let call: ConsumeMessage | null = null;
    await channel.assertQueue(`${team}calls.rogue`, { autoDelete: true, durable: true, arguments: { 'x-expires': 10_000 } });
    await channel.consume(`${team}calls.rogue`, (message) => {
      call = message;
      taken.open();
    });
    const asked = caller.call(ask, { n: 20 }, systemContext());
    await taken.opened;
    const { content, properties } = call as unknown as ConsumeMessage;
    const [head = '', text = ''] = content.toString().split('\n');
    const { id } = (JSON.parse(text) as { id: number }[])[0] ?? { id: 0 };
    const asker = head.split(' ')[2] ?? '';
    const forged = JSON.stringify([{ id, output: { n: 666 } }]);
    const reply = (answer: Buffer | string): boolean => channel.sendToQueue(String(properties.replyTo), Buffer.from(answer as string));
    for (const answer of [...anything, forged, authOf(ownTeam()).sign('reply', asker, forged)]) reply(answer);
    for (const to of ['', 'another process']) reply(authOf(team).sign('reply', to, forged));
    reply(authOf(team).sign('call', asker, forged));
    for (const answer of anything) reply(authOf(team).sign('reply', asker, String(answer)));
    reply(authOf(team).sign('reply', asker, JSON.stringify([null, { id: 'x' }, { id, output: { n: 21 } }])));
    await expect(asked).resolves.toEqual({ n: 21 });
    await expect(answers(22)).resolves.toEqual({ n: 22 });
  });

  test('a forged event is neither taken nor kept, and a genuine one behind it is taken', async () => {
    const queue = `facts.${keyOf(reaction)}`;
    await put(queue, [...anything, eventOf(70), authOf(ownTeam()).sign('fact', happened.name, eventOf(71))]);
    await put(queue, [authOf(team).sign('fact', 'suite.other', eventOf(72)), authOf(team).sign('live', happened.name, eventOf(73))]);
    await caller.deliver([{ id: newId(), event: happened.name, payload: { n: 30 } }]);
    await eventually(() => {
      expect(done).toContain(30);
    });
    expect(done.filter((n) => n >= 70)).toEqual([]);
    expect(await deliveries.countDead()).toBe(0);
    expect(await refusals('fact', 'unsigned')).toBe(anything.length + 4);
  });

  test('a genuine event of an unknown shape becomes a dead letter', async () => {
    await put(`facts.${keyOf(reaction)}`, [authOf(team).sign('fact', happened.name, '{"id":7}')]);
    await eventually(async () => {
      expect(await deliveries.countDead()).toBe(1);
    });
  });

  test('forged calls that wait are not done, and genuine ones behind them are', async () => {
    const forged = callsOf(80, { operation: keep.name });
    await put('ingest.there', [
      ...anything,
      forged,
      authOf(ownTeam()).sign('ingest', 'there', forged),
      authOf(team).sign('call', 'there', forged),
    ]);
    await put(
      'ingest.there',
      anything.map((text) => authOf(team).sign('ingest', 'there', String(text))),
    );
    await expect(caller.call(keep, { n: 40 }, systemContext())).resolves.toEqual({ n: 40 });
    expect(done.filter((n) => n >= 80)).toEqual([]);
    expect([await refusals('ingest', 'unsigned'), await refusals('ingest', 'malformed')]).toEqual([anything.length + 3, anything.length]);
  });
});
