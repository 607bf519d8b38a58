import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/harness/eventually.ts';
import { Actor, password, type Session } from '../../../test/harness/team.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { Notification } from '../../contracts/notifications/notifications.ts';
import type { Trace } from '../../contracts/notifications/traces.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from './notifications.fixture.ts';

let opened: NotifiedTeam;
let ana: Actor;
let boris: Actor;
let clara: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [ana, boris, clara] = (await opened.team.actors('ana', 'boris', 'clara')) as [Actor, Actor, Actor];
});
afterAll(() => opened.close());

const says = (actor: Actor, conversationId: string, text: string, more: object = {}): Promise<Message> =>
  actor.api.ok<Message>('POST', `/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text, ...more });

const centreOf = async (actor: Actor): Promise<Notification[]> =>
  (await actor.api.ok<{ items: Notification[] }>('GET', '/notifications')).items;

const traceOf = (actor: Actor, messageId: string): Promise<Trace> =>
  actor.api.ok<Trace>('GET', `/notifications/trace?messageId=${messageId}`);

/** Until a message is decided. */
const decided = async (actor: Actor, { id }: Message): Promise<Trace> => {
  await eventually(async () => {
    expect((await traceOf(actor, id)).decidedAt).not.toBeNull();
  });
  return traceOf(actor, id);
};

test('a message reaches each device of an away member once, with the centre and the trace', async () => {
  const { id } = await ana.opens('group', [boris], { name: 'Lunch' });
  const [one, other] = [await subscribes(boris), await subscribes(boris)];
  const message = await says(ana, id, 'Soup **today**');
  await eventually(() => {
    expect([one, other].map(({ endpoint }) => opened.providers.notesAt(endpoint).length)).toEqual([1, 1]);
  });
  const note = opened.providers.notesAt(one.endpoint)[0]!;
  expect(note).toMatchObject({
    eventId: message.id,
    cause: 'message',
    title: 'Lunch',
    body: 'ana: Soup today',
    path: `/c/${id}/1`,
    badge: 1,
  });
  expect(await centreOf(boris)).toMatchObject([{ eventId: message.id, cause: 'message', text: 'Soup today', readAt: null }]);
  expect(await centreOf(ana)).toEqual([]);
  expect(await traceOf(ana, message.id)).toMatchObject({ notified: false, reason: 'own' });
  await boris.api.ok('POST', '/notifications/shown', { receipt: note.receipt });
  await eventually(async () => {
    const { deliveries } = await traceOf(boris, message.id);
    const steps = deliveries.filter(({ channel }) => channel === 'push').map((delivery) => delivery.steps.map(({ step }) => step).join());
    expect(steps.sort()).toEqual(['queued,accepted', 'queued,accepted,shown']);
  });
});

test('whoever is active waits 15 s, and what is read meanwhile is not sent', async () => {
  const { id } = await ana.opens('direct', [clara]);
  const { endpoint } = await subscribes(clara);
  const device = await clara.comesOnline();
  const created = device.receives('notification:created');
  const message = await says(ana, id, 'Are you there?');
  expect(await created).toMatchObject({ notification: { eventId: message.id, cause: 'direct' }, unread: 1 });
  const [push] = (await traceOf(clara, message.id)).deliveries.filter(({ channel }) => channel === 'push');
  expect(push?.steps.map(({ step, detail }) => [step, detail])).toEqual([
    ['queued', 'direct'],
    ['held', 'active_elsewhere'],
  ]);
  await clara.api.ok('PUT', `/conversations/${id}/read`, { seq: message.seq });
  expect(await device.receives('notifications:read')).toMatchObject({ conversationId: id, upToSeq: message.seq, unread: 0 });
  const { deliveries } = await traceOf(clara, message.id);
  expect(deliveries.map(({ state, steps }) => [state, steps.at(-1)?.detail])).toEqual([
    ['cancelled', 'read'],
    ['cancelled', 'read'],
  ]);
  expect(opened.providers.notesAt(endpoint)).toEqual([]);
});

test('a channel notifies those whom a message concerns', async () => {
  const { id } = await ana.opens('channel', [boris, clara], { name: 'News' });
  const plain = await says(ana, id, 'Nothing special');
  expect(await decided(boris, plain)).toMatchObject({ notified: false, reason: 'level_mentions', byDefault: true });
  const mention = await says(ana, id, 'Look, @boris');
  expect(await decided(boris, mention)).toMatchObject({ notified: true, cause: 'mention' });
  expect(await decided(clara, mention)).toMatchObject({ notified: false, reason: 'level_mentions' });
  await boris.api.ok('PATCH', `/conversations/${id}`, { muted: true });
  expect(await decided(boris, await says(ana, id, 'Again, @boris'))).toMatchObject({ notified: false, reason: 'muted', byDefault: false });
});

test('an edit that mentions somebody notifies once, and a deletion takes the text back', async () => {
  const { id } = await ana.opens('channel', [boris], { name: 'Edits' });
  const message = await says(ana, id, 'Look here');
  await decided(boris, message);
  await ana.api.ok('PATCH', `/messages/${message.id}`, { text: 'Look here @boris' });
  const entry = async () => (await centreOf(boris)).find(({ eventId }) => eventId === message.id);
  await eventually(async () => {
    expect(await entry()).toMatchObject({ cause: 'mention', text: 'Look here @boris' });
  });
  await ana.api.ok('PATCH', `/messages/${message.id}`, { text: 'Look there @boris' });
  await eventually(async () => {
    expect(await entry()).toMatchObject({ text: 'Look there @boris' });
  });
  expect((await centreOf(boris)).filter(({ eventId }) => eventId === message.id)).toHaveLength(1);
  await ana.api.ok('DELETE', `/messages/${message.id}`);
  await eventually(async () => {
    expect(await entry()).toMatchObject({ text: '' });
  });
});

test('whoever was removed reads no text of the conversation in the centre', async () => {
  const { id } = await ana.opens('group', [boris], { name: 'Secret' });
  const message = await says(ana, id, 'The plan');
  await decided(boris, message);
  await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
  expect((await centreOf(boris)).find(({ eventId }) => eventId === message.id)).toMatchObject({ text: '' });
  expect((await boris.api.request('GET', `/notifications/trace?messageId=${message.id}`)).status).toBe(404);
});

test('a device that signs out gets nothing more', async () => {
  const { id } = await ana.opens('direct', [boris]);
  const signedIn = await ana.api.ok<Session>('POST', '/auth/login', { login: 'boris', password });
  const session = new Actor('boris', signedIn, [opened.app.url]);
  const { endpoint } = await subscribes(session);
  await session.api.ok('POST', '/auth/logout');
  await decided(boris, await says(ana, id, 'Hello?'));
  expect(opened.providers.notesAt(endpoint)).toEqual([]);
});

test('a service that is away is asked again, one that knows a device no more ends it', async () => {
  const { id } = await ana.opens('direct', [boris]);
  const { endpoint, id: subscriptionId } = await subscribes(boris);
  opened.providers.before = () => Promise.resolve();
  opened.providers.answers = Array.from({ length: 10 }, () => ({ outcome: 'gone' as const, detail: '410 Gone' }));
  const message = await says(ana, id, 'Anybody?');
  await eventually(async () => {
    const { items } = await boris.api.ok<{ items: { id: string }[] }>('GET', '/notifications/subscriptions');
    expect(items.map((one) => one.id)).not.toContain(subscriptionId);
  });
  opened.providers.answers = [];
  expect(opened.providers.notesAt(endpoint)).toHaveLength(1);
  const states = (await traceOf(boris, message.id)).deliveries.filter(({ channel }) => channel === 'push').map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['gone']));
});

test('a push says how far other conversations were read meanwhile, and nothing of what is unread', async () => {
  const [dora, emil] = (await opened.team.actors('dora', 'emil')) as [Actor, Actor];
  const [read, half, unread] = await Promise.all(['Read', 'Half', 'Unread'].map((name) => emil.opens('group', [dora], { name })));
  const { endpoint } = await subscribes(dora);
  for (const { id } of [read!, half!, unread!]) for (const text of ['One', 'Two']) await decided(dora, await says(emil, id, text));
  await dora.api.ok('PUT', `/conversations/${read!.id}/read`, { seq: 2 });
  await dora.api.ok('PUT', `/conversations/${half!.id}/read`, { seq: 1 });
  await eventually(async () => {
    expect((await centreOf(dora)).filter(({ readAt }) => readAt !== null)).toHaveLength(3);
  });
  const last = await says(emil, unread!.id, 'Three');
  await eventually(() => {
    expect(opened.providers.notesAt(endpoint).find(({ eventId }) => eventId === last.id)).toMatchObject({
      readUpTo: { [read!.id]: 2, [half!.id]: 1, [unread!.id]: 0 },
    });
  });
});

test('a device that shows it before its service has answered has both in the trace, and gets nothing again', async () => {
  const { id } = await ana.opens('direct', [boris]);
  const { endpoint } = await subscribes(boris);
  opened.providers.answersAt.set(endpoint, [{ outcome: 'later', detail: '503', retryAfterMs: 1 }]);
  opened.providers.before = async () => {
    for (const { receipt } of opened.providers.notesAt(endpoint)) await boris.api.ok('POST', '/notifications/shown', { receipt });
  };
  const message = await says(ana, id, 'Quick?');
  await eventually(async () => {
    const steps = (await traceOf(boris, message.id)).deliveries.map((delivery) => [
      delivery.state,
      delivery.steps.map(({ step }) => step).join(),
    ]);
    expect(steps).toContainEqual(['shown', 'queued,shown,retried']);
  });
  opened.providers.before = () => Promise.resolve();
  expect(opened.providers.notesAt(endpoint)).toHaveLength(1);
});
