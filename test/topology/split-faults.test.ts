import { connect } from 'amqplib';
import type { DeadLetter } from '../../src/kernel/bus/delivery-store.ts';
import { CutWire } from '../harness/cut-wire.ts';
import { eventually } from '../harness/eventually.ts';
import { queueNameOf } from '../harness/rabbit.ts';
import { requireService } from '../harness/services.ts';
import { allBut, onePerModule, openSplit, type Split } from '../harness/split.ts';
import type { Actor, Scene } from '../harness/team.ts';
import { MessageAuth } from '../../src/infra/cluster/auth/message-auth.ts';
import { newId } from '../../src/kernel/ids.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { createMetrics } from '../../src/infra/telemetry/prometheus-metrics.ts';

interface Ready {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
}

requireService('rabbitmq').describe('a split team in trouble', (url) => {
  describe('when a process is gone', () => {
    let split: Split<string>;
    let scene: Scene;
    let ana: Actor;
    let conversationId: string;

    beforeAll(async () => {
      split = await openSplit(url, onePerModule);
      scene = split.team.scene('g');
      ana = await scene.actor('ana');
      ({ id: conversationId } = await ana.opens('group', []));
      await ana.comesOnline();
    });
    afterAll(() => split.close());

    const missingModules = async (): Promise<string[]> => {
      const { checks } = (await (await fetch(`${split.at('gateway').url}/health/ready`)).json()) as Ready;
      return checks.filter(({ ok }) => !ok).map(({ name }) => name);
    };
    const visits = {
      auth: () => ana.api.request('GET', '/auth/sessions'),
      chat: () => ana.api.request('GET', '/conversations'),
      presence: () => ana.api.request('POST', '/presence/query', { userIds: [ana.id] }),
      admin: async () => (await scene.actor('olga')).api.request('GET', '/admin/dead-letters'),
    } as const;
    const names = Object.keys(visits) as (keyof typeof visits)[];

    test.each(names)('what %s serves is unavailable at once, the rest goes on, and all is well when it is back', async (name) => {
      await eventually(async () => {
        expect(await missingModules()).toEqual([]);
      });
      await split.at(name).stop();
      const since = performance.now();
      const answer = await eventually(async () => {
        const tried = await visits[name]();
        expect(tried.status).toBe(503);
        return tried;
      });
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
      // Far from the deadline of ten seconds, also on a busy machine.
      expect(performance.now() - since).toBeLessThan(8_000);
      await eventually(async () => {
        expect(await missingModules()).toEqual([`module ${name}`]);
      });
      if (name !== 'chat') await ana.posts(conversationId, `without ${name}`);
      await split.restart(name);
      await eventually(async () => {
        expect((await visits[name]()).status).toBe(200);
        expect(await missingModules()).toEqual([]);
      });
      expect((await ana.posts(conversationId, `with ${name}`)).seq).toBeGreaterThan(0);
    });

    test('what was published while its subscriber was away is delivered when it is back', async () => {
      const general = async (actor: Actor) => (await actor.api.ok<{ items: { kind: string }[] }>('GET', '/conversations')).items;
      await split.at('chat').stop();
      const newcomer = await scene.actor('newcomer');
      await split.restart('chat');
      await eventually(async () => {
        expect(await general(newcomer)).toEqual([expect.objectContaining({ kind: 'channel' })]);
      });
    });

    test('poison in a queue blocks no event behind it: what the team signed becomes a dead letter, all else is dropped', async () => {
      const olga = await scene.actor('olga');
      const deadLetters = async () => (await olga.api.ok<{ items: DeadLetter[] }>('GET', '/admin/dead-letters')).items;
      const connection = await connect(url);
      const channel = await connection.createConfirmChannel();
      const secret = split.at('chat').config.secret ?? '';
      const queue = queueNameOf(secret, 'auth.userCreated', 'chat.on-user-created');
      const auth = new MessageAuth({ secret, nodeId: newId(), logger: silentLogger, metrics: createMetrics() });
      for (const poison of ['no event at all', '{"id":"x"}', '{"id":"x","event":"auth.userCreated","payload":{"user":7}}'])
        for (const content of [Buffer.from(poison), auth.sign('fact', 'auth.userCreated', poison)]) channel.sendToQueue(queue, content);
      await channel.waitForConfirms();
      const later = await scene.actor('later');
      await eventually(async () => {
        expect((await later.api.ok<{ items: unknown[] }>('GET', '/conversations')).items).toHaveLength(1);
        expect((await deadLetters()).filter(({ subscriber }) => subscriber === 'chat.on-user-created')).toHaveLength(3);
      });
      const { messageCount } = await channel.checkQueue(queue);
      expect(messageCount).toBe(0);
      await connection.close();
      for (const { id } of await deadLetters()) await olga.api.ok('DELETE', `/admin/dead-letters/${id}`);
    });
  });

  describe('when RabbitMQ is away', () => {
    test('a process with chat and transports sends and receives, others are unavailable, and all is well again without a restart', async () => {
      const wire = await CutWire.to(url);
      const parts = { most: { modules: allBut('admin'), amqpUrl: wire.url }, admin: { modules: ['admin' as const], transports: [] } };
      const split = await openSplit(url, parts);
      const scene = split.team.scene('w');
      const [olga, ana, boris] = await scene.actors('olga', 'ana', 'boris');
      const { id } = await ana.opens('group', [boris]);
      const device = await boris.comesOnline();
      const overview = async () => (await olga.api.request('GET', '/admin/overview')).status;
      await eventually(async () => {
        expect(await overview()).toBe(200);
      });

      wire.cut();
      await eventually(async () => {
        expect(await overview()).toBe(503);
      });
      for (let number = 1; number <= 50; number++) await ana.posts(id, String(number));
      await device.receives('message:created', ({ message }) => (message as { text: string }).text === '50');
      expect((await fetch(`${split.at('most').url}/health/ready`)).status).toBe(200);

      wire.mend();
      await eventually(async () => {
        expect(await overview()).toBe(200);
      });
      await split.close();
      await wire.close();
    });

    test('events for others wait and are delivered within ten seconds of its return', async () => {
      const wire = await CutWire.to(url);
      const parts = { most: { modules: allBut('chat'), amqpUrl: wire.url }, chat: { modules: ['chat' as const], transports: [] } };
      const split = await openSplit(url, parts);
      const scene = split.team.scene('f');
      await scene.actor('before');
      wire.cut();
      const newcomers = await scene.actors('one', 'two', 'three');
      await expect(newcomers[0].opens('group', [])).rejects.toMatchObject({ problem: { code: 'unavailable' } });
      wire.mend();
      const mendedAt = performance.now();
      await eventually(async () => {
        for (const { api } of newcomers) expect((await api.ok<{ items: unknown[] }>('GET', '/conversations')).items).toHaveLength(1);
      });
      expect(performance.now() - mendedAt).toBeLessThan(10_000);
      await split.close();
      await wire.close();
    });
  });
});
