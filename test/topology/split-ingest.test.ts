import { eventually } from '../harness/eventually.ts';
import { requireService } from '../harness/services.ts';
import { onePerModule, openSplit, type Split } from '../harness/split.ts';
import { scenarios } from '../scenarios/all.ts';

const parts = Object.fromEntries(Object.entries(onePerModule).map(([name, part]) => [name, { ...part, ingest: 'queue' as const }]));

/** A split team whose messages wait at RabbitMQ until they are stored. */
requireService('rabbitmq').describe('split with a queue of messages', (url) => {
  let split: Split<string>;
  let number = 0;

  beforeAll(async () => {
    split = await openSplit(url, parts);
  });
  afterAll(() => split.close());

  const scene = () => split.team.scene(`i${String(++number)}`);
  const metricsOf = async (name: string): Promise<string> => (await fetch(`${split.at(name).url}/metrics`)).text();
  const accepted = async (): Promise<number> =>
    Number(/confab_rabbit_ingest_total\{outcome="accepted"\} (\d+)/.exec(await metricsOf('gateway'))?.[1] ?? 0);

  for (const [name, play] of Object.entries(scenarios)) {
    test(name, async () => {
      await play(scene());
    });
  }

  test('messages of one sender keep the order in which they were sent without waiting', async () => {
    const before = await accepted();
    const ana = await scene().actor('ana');
    const { id } = await ana.opens('group', []);
    await ana.comesOnline();
    const receipts = await Promise.all(Array.from({ length: 400 }, (_, n) => ana.posts(id, String(n))));
    expect(receipts.map(({ seq }) => seq)).toEqual(receipts.map((_, n) => n + 1));
    expect((await ana.reads(id)).map(({ text }) => text)).toEqual(receipts.map((_, n) => String(n)));
    expect((await accepted()) - before).toBe(400);
  });

  test('while chat is away messages wait, and are acked when it is back', async () => {
    const ana = await scene().actor('ana');
    const { id } = await ana.opens('group', []);
    await ana.posts(id, 'before');
    await split.at('chat').stop();
    const before = await accepted();
    const sends = Array.from({ length: 50 }, (_, n) => ana.posts(id, String(n)));
    await eventually(async () => {
      expect((await accepted()) - before).toBe(50);
    });
    await split.restart('chat');
    expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual(sends.map((_, n) => n + 2));
    expect(await ana.reads(id)).toHaveLength(51);
  });

  test('a message that waited is not stored once the session of its sender has ended', async () => {
    const [ana, boris] = await scene().actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    await boris.posts(id, 'before');
    await split.at('chat').stop();
    const before = await accepted();
    const late = ana.api.request('POST', `/conversations/${id}/messages`, { clientMessageId: crypto.randomUUID(), text: 'late' });
    await eventually(async () => {
      expect((await accepted()) - before).toBe(1);
    });
    await ana.api.ok('POST', '/auth/logout');
    const endedAt = performance.now();
    await eventually(() => {
      expect(performance.now() - endedAt).toBeGreaterThan(600);
    });
    await split.restart('chat');
    expect((await late).status).toBe(401);
    await boris.posts(id, 'after');
    expect((await boris.reads(id)).map(({ text }) => text)).toEqual(['before', 'after']);
  });

  test('a message is stored once, however often it is sent while chat is away', async () => {
    const ana = await scene().actor('ana');
    const { id } = await ana.opens('group', []);
    await ana.comesOnline();
    await split.at('chat').stop();
    const clientMessageId = crypto.randomUUID();
    const sends = Array.from({ length: 20 }, () => ana.posts(id, 'once', clientMessageId));
    await split.restart('chat');
    expect(new Set((await Promise.all(sends)).map(({ seq }) => seq))).toEqual(new Set([1]));
    expect(await ana.reads(id)).toHaveLength(1);
  });
});
