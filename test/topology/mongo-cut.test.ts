import { randomUUID } from 'node:crypto';
import { CutWire } from '../harness/cut-wire.ts';
import { eventually } from '../harness/eventually.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import { createTestMongo, type TestMongo } from '../harness/mongo.ts';
import { requireService } from '../harness/services.ts';

/** The server goes on while MongoDB is away, and whatever was sent meanwhile is stored once afterwards. */
requireService('mongodb').describe('a app that loses MongoDB', (url) => {
  const made: TestMongo = createTestMongo(url);
  let wire: CutWire & { readonly url: string };
  let opened: AppWithTeam;

  beforeAll(async () => {
    wire = await CutWire.to(made.url);
    opened = await openAppWithTeam({ config: { mongoUrl: wire.url } });
  });
  afterEach(() => {
    wire.mend();
  });
  afterAll(async () => {
    await opened.close();
    await wire.close();
    await made.drop();
  });

  const readiness = async (): Promise<{ status: number; broken: string[] }> => {
    const answer = await fetch(`${opened.app.url}/health/ready`);
    const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean }[] };
    return { status: answer.status, broken: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };
  /** The driver finds the server again by its heartbeat; on a busy machine that takes longer. */
  const backAgain = () =>
    eventually(async () => {
      expect(await readiness()).toEqual({ status: 200, broken: [] });
    }, 30_000);

  test('says so, refuses chat in time, serves the rest, and is well again without a restart', async () => {
    const [ana, boris] = await opened.team.scene('cut').actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [device, receiver] = [await ana.comesOnline(), await boris.comesOnline()];
    await device.send(id, 'before');
    wire.cut();
    expect(await readiness()).toEqual({ status: 503, broken: ['mongodb'] });
    const sends = Array.from({ length: 5 }, (_, number) => ({ id: randomUUID(), text: `meanwhile ${String(number)}` }));
    await Promise.all(sends.map(({ id: key, text }) => expect(device.send(id, text, key)).rejects.toThrow('unavailable')));
    expect((await ana.api.request('GET', '/conversations')).status).toBe(503);
    expect((await ana.api.request('GET', '/users/me')).status).toBe(200);

    wire.mend();
    await backAgain();
    for (const { id: key, text } of sends) await device.send(id, text, key);
    expect((await boris.reads(id)).map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'before'],
      ...sends.map(({ text }, index) => [index + 2, text]),
    ]);
    for (const { text } of sends) await receiver.receives('message:created', ({ message }) => (message as { text: string }).text === text);
  });

  /** From before the first question of a batch to after its last write. */
  const places = Array.from({ length: 6 }, (_, index) => index * 1_500);

  test('has everything once and in order, wherever in a batch the wire is cut', async () => {
    const [carla] = await opened.team.scene('load').actors('carla');
    const { id } = await carla.opens('group', []);
    const device = await carla.comesOnline();
    const sent: string[] = [];
    const acked = new Map<string, number>();
    const send = async (key: string) => acked.set(key, (await device.send(id, 'under load', key)).seq);
    for (const bytes of places) {
      const keys = Array.from({ length: 10 }, () => randomUUID());
      sent.push(...keys);
      wire.cutAfter(bytes);
      const outcomes = await Promise.allSettled(keys.map(send));
      expect(outcomes.map(({ status }) => status)).toContain('rejected');
      wire.mend();
      await backAgain();
      await Promise.all(keys.filter((key) => !acked.has(key)).map(send));
    }
    const log = await carla.reads(id);
    expect(log.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
    expect(new Map(log.map(({ clientMessageId, seq }) => [clientMessageId, seq]))).toEqual(acked);
  }, 240_000);
});
