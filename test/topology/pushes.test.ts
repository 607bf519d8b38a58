import { randomUUID } from 'node:crypto';
import type { Message } from '../../src/contracts/chat/messages.ts';
import type { Trace } from '../../src/contracts/notifications/traces.ts';
import type { Config } from '../../src/host/config.ts';
import { openAppWithTeam } from '../harness/app-with-team.ts';
import { eventually } from '../harness/eventually.ts';
import { PushService } from '../harness/push-service.ts';
import { openReplicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { allBut, openSplit } from '../harness/split.ts';
import type { Actor, Team } from '../harness/team.ts';

interface Opened {
  readonly team: Team;
  close(): Promise<void>;
}

/** Push services of this machine may be named, and know whom pushes come from. */
const config = { pushAllowPrivate: true, mailFrom: { name: '', address: 'team@example.org' } } satisfies Partial<Config>;
const messages = 20;

/** What must be so wherever events, rows and senders are. */
function playPushes(open: () => Promise<Opened>): void {
  let opened: Opened;
  let service: PushService;
  beforeAll(async () => {
    [opened, service] = await Promise.all([open(), PushService.open()]);
  });
  afterAll(async () => {
    await opened.close();
    await service.stop();
  });

  async function subscribes(actor: Actor): Promise<string> {
    const { kind, endpoint, p256dh, auth } = service.subscribe();
    await actor.api.ok('POST', '/notifications/subscriptions', { kind, endpoint, keys: { p256dh, auth } });
    return endpoint;
  }
  const says = (actor: Actor, conversationId: string, text: string): Promise<Message> =>
    actor.api.ok<Message>('POST', `/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text });
  const arrivedAt = (endpoint: string): string[] =>
    service.pushed.filter((one) => one.endpoint === endpoint).map(({ payload }) => String(payload['eventId']));
  const traceOf = (actor: Actor, messageId: string): Promise<Trace> =>
    actor.api.ok<Trace>('GET', `/notifications/trace?messageId=${messageId}`);

  test('messages reach each device of an away member once, and nobody else', async () => {
    const [ana, boris] = await opened.team.actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris], { name: 'Lunch' });
    const own = await subscribes(ana);
    const devices = [await subscribes(boris), await subscribes(boris)];
    const sent: string[] = [];
    for (let count = 1; count <= messages; count++) sent.push((await says(ana, id, `Soup ${String(count)}`)).id);
    await eventually(() => {
      for (const device of devices) expect(new Set(arrivedAt(device))).toEqual(new Set(sent));
    });
    // The row of what was sent last is marked: nothing is left to be sent.
    await eventually(async () => {
      for (const messageId of sent) {
        const states = (await traceOf(boris, messageId)).deliveries.flatMap(({ channel, state }) => (channel === 'push' ? [state] : []));
        expect(states).toEqual(['accepted', 'accepted']);
      }
    });
    expect([...devices, own].map((device) => arrivedAt(device).length)).toEqual([messages, messages, 0]);
    const tags = service.pushed.map(({ payload }) => (payload['notification'] as { tag: string }).tag);
    expect(new Set(tags)).toEqual(new Set(sent));
  });

  test('what waits while the person is active elsewhere is cancelled when they read it there', async () => {
    const [ana, clara] = await opened.team.actors('ana', 'clara');
    const { id } = await ana.opens('group', [clara], { name: 'Tea' });
    const phone = await subscribes(clara);
    const laptop = await clara.comesOnline();
    const held = await eventually(async () => {
      const message = await says(ana, id, 'Tea?');
      await eventually(async () => {
        expect((await traceOf(clara, message.id)).deliveries.some(({ steps }) => steps.some(({ step }) => step === 'held'))).toBe(true);
      }, 2_000);
      return message;
    });
    await laptop.command('conversation:read', { conversationId: id, seq: held.seq });
    await eventually(async () => {
      const { deliveries } = await traceOf(clara, held.id);
      expect(deliveries.map(({ state, steps }) => [state, steps.at(-1)?.detail])).toEqual(deliveries.map(() => ['cancelled', 'read']));
    });
    expect(arrivedAt(phone)).not.toContain(held.id);
  });
}

describe('pushes of one process', () => {
  playPushes(() => openAppWithTeam({ config }));
});

requireService('redis').describe('pushes of replicas', (url) => {
  playPushes(() => openReplicas([url, url], { ...config, jobs: 'redis' }));
});

requireService('rabbitmq').describe('pushes of a process with notifications alone', (url) => {
  const parts = {
    rest: { ...config, modules: allBut('notifications') },
    notifications: { ...config, modules: ['notifications' as const], transports: [] },
  };
  playPushes(() => openSplit(url, parts));
});
