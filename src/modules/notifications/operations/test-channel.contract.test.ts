import type { Trace } from '../../../contracts/notifications/traces.ts';
import { type NotifiedTeam, openNotifiedTeam, subscribes } from '../notifications.fixture.ts';
import { eventually } from '../../../../test/harness/eventually.ts';
import type { Actor } from '../../../../test/harness/team.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
let boris: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana, boris] = (await opened.team.actors('olga', 'ana', 'boris')) as [Actor, Actor, Actor];
});
afterAll(() => opened.close());

const tests = (channel: string) =>
  olga.api.request<{ sent: { eventId: string; device: string }[]; answer: unknown; detail: string }>(
    'POST',
    `/admin/notifications/channels/${channel}/test`,
  );

test('a push goes the whole way to each of the admin’s own devices, and to nobody else’s', async () => {
  expect(await tests('push')).toMatchObject({
    status: 409,
    body: { code: 'conflict', detail: expect.stringContaining('No device of yours') },
  });
  const devices = [await subscribes(olga), await subscribes(olga)];
  await subscribes(boris);
  const { status, body } = await tests('push');
  expect([status, body.sent.length, body.answer]).toEqual([200, 2, null]);
  for (const { eventId } of body.sent)
    await eventually(async () => {
      expect(await olga.api.ok<Trace>('GET', `/notifications/trace?messageId=${eventId}`)).toMatchObject({
        cause: 'test',
        deliveries: [{ channel: 'push', state: 'accepted' }],
      });
    });
  expect(devices.map(({ endpoint }) => opened.providers.notesAt(endpoint).length)).toEqual([1, 1]);
  expect(opened.providers.notes).toHaveLength(2);
});

test('a mail goes to the admin’s own address, and the words of the server are answered', async () => {
  expect((await tests('mail')).body).toEqual({ sent: [], answer: { ok: true, detail: '250 OK' } });
  expect(opened.providers.mails.map(({ to, subject }) => [to, subject])).toEqual([['olga@example.org', 'test']]);
  opened.providers.mailAnswers = [{ outcome: 'later', detail: '450 try later', retryAfterMs: null }];
  expect((await tests('mail')).body.answer).toEqual({ ok: false, detail: '450 try later' });
});

test('one that is off says what turns it on, and one that there is not is refused', async () => {
  expect(await tests('fcm')).toMatchObject({ status: 409, body: { detail: 'off: set FCM_CREDENTIALS' } });
  expect((await tests('sms')).status).toBe(400);
  expect((await ana.api.request('POST', '/admin/notifications/channels/mail/test')).status).toBe(403);
});
