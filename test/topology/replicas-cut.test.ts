import { randomUUID } from 'node:crypto';
import { teamPrefix } from '../../src/kernel/derived-key.ts';
import { Api } from '../harness/api.ts';
import { CutWire } from '../harness/cut-wire.ts';
import type { Device } from '../harness/device.ts';
import { eventually } from '../harness/eventually.ts';
import { openRedis } from '../harness/redis.ts';
import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import type { Actor, Scene } from '../harness/team.ts';

/** Removals take effect while Redis is down; lost events and presence are repaired in less than ten seconds. */
const holdsWithinMs = 5_000;

/** Two equal nodes, the second of which loses Redis. */
requireService('redis').describe('a node that loses Redis', (url) => {
  let wire: CutWire & { readonly url: string };
  let replicas: Replicas;
  let number = 0;
  const scene = (): Scene => replicas.team.scene(`c${String(++number)}`);
  const atHome = (actor: Actor): Api => new Api(replicas.nodes[0]?.url ?? '', actor.session.accessToken);
  const texts = (device: Device): unknown[] => device.all('message:created').map((event) => (event['message'] as { text: string }).text);

  beforeAll(async () => {
    wire = await CutWire.to(url);
    replicas = await openReplicas([url, wire.url]);
  });
  afterEach(() => {
    wire.mend();
  });
  afterAll(async () => {
    await replicas.close();
    await wire.close();
  });

  /** Ana's device is at home, Boris's on the node that is cut off; they receive each other's events until then. */
  async function two() {
    const [ana, boris] = await scene().actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [near, far] = [await ana.comesOnline(0), await boris.comesOnline(1)];
    await untilHealed({ id, near, far });
    return { ana, boris, id, near, far };
  }

  /** Live news cross both ways; resolves when they do. */
  async function untilHealed({ id, near, far }: { id: string; near: Device; far: Device }): Promise<void> {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      await eventually(async () => {
        const text = randomUUID();
        await from.send(id, text);
        await eventually(() => {
          expect(texts(to)).toContain(text);
        }, 500);
      });
    }
  }

  test('sends go on at both nodes, and each sends its devices what they missed', async () => {
    const { id, near, far } = await two();
    wire.cut();
    const lacks = (device: Device, rev: number) =>
      device.receives('conversation:heads', ({ heads }) => (heads as Record<string, number>)[id] === rev);
    const afar = await far.send(id, 'from afar');
    await lacks(near, afar.rev);
    const home = await near.send(id, 'from home');
    expect(home.seq).toBe(afar.seq + 1);
    await lacks(far, home.rev);
    wire.mend();
    await untilHealed({ id, near, far });
  });

  test('whoever is removed at one node receives and does nothing at the other', async () => {
    const { ana, boris, id, far } = await two();
    const [carla] = await scene().actors('carla');
    expect((await atHome(ana).request('POST', `/conversations/${id}/members`, { userIds: [carla.id] })).status).toBeLessThan(300);
    const carlas = await carla.comesOnline(1);
    await carlas.send(id, 'before');
    await far.receives('message:created', ({ message }) => (message as { text: string }).text === 'before');
    wire.cut();
    const removedAt = performance.now();
    expect((await atHome(ana).request('DELETE', `/conversations/${id}/members/${boris.id}`)).status).toBeLessThan(300);
    await expect(
      eventually(async () => {
        await expect(far.send(id, 'still here?')).rejects.toThrow('not_found');
      }, holdsWithinMs),
    ).resolves.toBeUndefined();
    await eventually(
      async () => {
        const text = randomUUID();
        await carlas.send(id, text);
        await carlas.receives('message:created', ({ message }) => (message as { text: string }).text === text);
        expect(texts(far)).not.toContain(text);
      },
      holdsWithinMs - (performance.now() - removedAt),
    );
    expect(performance.now() - removedAt).toBeLessThan(holdsWithinMs);
  });

  test('who signs out at home is out afar', async () => {
    const { boris, far } = await two();
    wire.cut();
    const signedOutAt = performance.now();
    expect((await atHome(boris).request('POST', '/auth/logout')).status).toBeLessThan(300);
    await far.receives('disconnect');
    expect(performance.now() - signedOutAt).toBeLessThan(holdsWithinMs);
    const afar = new Api(replicas.nodes[1]?.url ?? '', boris.session.accessToken);
    await eventually(
      async () => {
        expect((await afar.request('GET', '/conversations')).status).toBe(401);
      },
      holdsWithinMs - (performance.now() - signedOutAt),
    );
  });

  test('who came and went meanwhile is shown within ten seconds of its return', async () => {
    const { boris, id, near, far } = await two();
    await near.command('presence:subscribe', { userIds: [boris.id] });
    wire.cut();
    far.close();
    const [carla] = await scene().actors('carla');
    await near.command('presence:subscribe', { userIds: [carla.id] });
    const carlas = await carla.comesOnline(1);
    const statusOf = async (person: Actor): Promise<unknown> => {
      const { items } = await near.command<{ items: { status: string }[] }>('presence:subscribe', { userIds: [person.id] });
      return items[0]?.status;
    };
    wire.mend();
    const mendedAt = performance.now();
    await near.receives('presence:changed', ({ userId, status }) => userId === carla.id && status === 'online');
    expect(performance.now() - mendedAt).toBeLessThan(10_000);
    await eventually(
      async () => {
        expect(await statusOf(boris)).toBe('offline');
      },
      10_000 - (performance.now() - mendedAt),
    );
    expect(await statusOf(carla)).toBe('online');
    const back = await boris.comesOnline(1);
    await untilHealed({ id, near, far: back });
    carlas.close();
    await near.receives('presence:changed', ({ userId, status }) => userId === carla.id && status === 'offline');
  });
});

requireService('redis').describe('a Redis that comes back empty', (url) => {
  test('is filled again by whoever is there', async () => {
    const replicas = await openReplicas([url, url]);
    const prefix = teamPrefix(replicas.nodes[0]?.config.secret ?? '');
    const redis = await openRedis(url, prefix);
    try {
      const [ana, boris] = await replicas.team.scene('e').actors('ana', 'boris');
      const near = await ana.comesOnline(0);
      await boris.comesOnline(1);
      const keys = await redis.commands.keys(`${prefix}*`);
      expect(keys.length).toBeGreaterThan(0);
      await redis.commands.del(...keys);
      await eventually(async () => {
        const { items } = await near.command<{ items: { status: string }[] }>('presence:subscribe', { userIds: [boris.id] });
        expect(items[0]).toMatchObject({ status: 'online' });
      }, 30_000);
    } finally {
      await replicas.close();
      redis.close();
    }
  });
});

requireService('redis').describe('nodes that start while Redis is away', (url) => {
  test('serve, say so in their health, and meet when it is there', async () => {
    const wire = await CutWire.to(url);
    wire.cut();
    const replicas = await openReplicas([wire.url, wire.url]);
    try {
      const health = async (): Promise<unknown> => {
        const answer = await fetch(`${replicas.nodes[0]?.url ?? ''}/health/ready`);
        const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean }[] };
        return { status: answer.status, redis: checks.find(({ name }) => name === 'redis')?.ok };
      };
      expect(await health()).toEqual({ status: 200, redis: false });
      const [ana, boris] = await replicas.team.scene('w').actors('ana', 'boris');
      const { id } = await ana.opens('group', [boris]);
      const [near, far] = [await ana.comesOnline(0), await boris.comesOnline(1)];
      await near.send(id, 'alone');
      wire.mend();
      await eventually(async () => {
        const text = randomUUID();
        await near.send(id, text);
        await eventually(() => {
          expect(far.all('message:created').map((event) => (event['message'] as { text: string }).text)).toContain(text);
        }, 500);
      });
      expect(await health()).toEqual({ status: 200, redis: true });
    } finally {
      await replicas.close();
      await wire.close();
    }
  });
});
