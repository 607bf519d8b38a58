import { randomUUID } from 'node:crypto';
import { moduleNames } from '../../src/host/modules.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import { createTestDatabase, type TestDatabase } from '../harness/database.ts';
import type { Device, Receipt } from '../harness/device.ts';
import { eventually } from '../harness/eventually.ts';
import { ServerProcess } from '../harness/process.ts';
import { forgetApps } from '../harness/rabbit.ts';
import { requireService } from '../harness/services.ts';
import { type Actor, Team } from '../harness/team.ts';

/** The built program, as people run it in several processes. */
requireService('rabbitmq').describe('several processes of one team', (amqpUrl) => {
  const secret = newSecret();
  const all = new Map<string, ServerProcess>();
  let database: TestDatabase;
  let team: Team;
  let ana: Actor;
  let device: Device;
  let conversationId: string;
  const at = (name: string): ServerProcess => all.get(name) as ServerProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    const shared = { AMQP_URL: amqpUrl, DATABASE_URL: database.url, CONFAB_SECRET: secret, CONFAB_PUBLIC_URL: 'http://localhost:3000' };
    all.set('gateway', await ServerProcess.create({ ...shared, CONFAB_MODULES: 'none' }));
    for (const name of moduleNames)
      all.set(name, await ServerProcess.create({ ...shared, CONFAB_MODULES: name, CONFAB_TRANSPORTS: 'none' }));
    for (const process of all.values()) await process.start();
    team = await Team.create([at('gateway').url], at('auth').dataDir);
    ana = await team.actor('ana');
    ({ id: conversationId } = await ana.opens('group', []));
    device = await ana.comesOnline();
  }, 120_000);
  afterAll(async () => {
    await team.leaves();
    for (const process of all.values()) await process.remove();
    await database.drop();
    await forgetApps(amqpUrl, secret);
  });

  /** Sends under one id until it is acknowledged, as the client does. */
  async function sendUntilAcked(text: string): Promise<Receipt> {
    const id = randomUUID();
    return eventually(() => device.send(conversationId, text, id), 20_000);
  }

  test.each(moduleNames)(
    'SIGKILL of %s loses no acknowledged message, and a new process takes its place',
    async (name) => {
      const before = (await ana.reads(conversationId)).length;
      const acked: Receipt[] = [];
      let isOver = false;
      const writing = [1, 2, 3].map(async (writer) => {
        for (let number = 0; !isOver; number++) acked.push(await sendUntilAcked(`${name} ${String(writer)} ${String(number)}`));
      });
      await eventually(() => {
        expect(acked.length).toBeGreaterThan(20);
      });
      await at(name).kill();
      await at(name).start();
      const restored = acked.length;
      await eventually(() => {
        expect(acked.length).toBeGreaterThan(restored + 20);
      }, 20_000);
      isOver = true;
      await Promise.all(writing);
      const log = (await ana.reads(conversationId)).slice(before);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from(log, (_, index) => before + index + 1));
      expect(log.map(({ id }) => id).toSorted()).toEqual(acked.map(({ id }) => id).toSorted());
      await eventually(() => {
        expect(device.all('message:created').map((event) => (event['message'] as { id: string }).id)).toEqual(
          expect.arrayContaining([log.at(-1)?.id]),
        );
      });
    },
    60_000,
  );

  test('a call on the hands of a killed process fails soon after, not at its deadline', async () => {
    const chat = at('chat');
    const since = performance.now();
    let slowest = 0;
    const pending = Array.from({ length: 200 }, (_, number) =>
      device.send(conversationId, `in flight ${String(number)}`).finally(() => {
        slowest = performance.now() - since;
      }),
    );
    await pending[0];
    await chat.kill();
    await Promise.allSettled(pending);
    expect(slowest).toBeLessThan(6_000);
    await chat.start();
    await sendUntilAcked('well again');
  }, 60_000);

  test('SIGTERM of a module answers what is under way and ends in order', async () => {
    const pending = Array.from({ length: 50 }, (_, number) => device.send(conversationId, `last ${String(number)}`));
    await pending[0];
    const stopped = at('chat').stop();
    const settled = await Promise.allSettled(pending);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as { problem?: { code: string } }] : []));
    for (const { problem } of refused) expect(problem?.code).toBe('unavailable');
    expect(await stopped).toBe(0);
    await at('chat').start();
    await sendUntilAcked('and back');
    const texts = (await ana.reads(conversationId)).map(({ text }) => text);
    for (const [number, { status }] of settled.entries()) if (status === 'fulfilled') expect(texts).toContain(`last ${String(number)}`);
    for (const name of ['gateway', ...moduleNames]) expect(await at(name).stop()).toBe(0);
  }, 60_000);
});
