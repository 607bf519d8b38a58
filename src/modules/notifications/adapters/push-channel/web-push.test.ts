import { PushService } from '../../../../../test/harness/push-service.ts';
import { OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import { hours, systemClock } from '../../../../kernel/clock.ts';
import type { PushTarget } from '../../ports.ts';
import { newKeyPair } from '../push-keys/postgres.ts';
import { noteOf } from './notes.fixture.ts';
import { pushChannelSuite, type PushRig } from './push-channel.suite.ts';
import { vapidSubject } from './vapid.ts';
import { WebPushChannel } from './web-push.ts';

const pair = newKeyPair();
const publicUrl = 'https://chat.example.org';
const ofTeam = { mailFrom: null, publicUrl: 'https://chat.confab.team' };

interface WebPushRig extends PushRig {
  readonly service: PushService;
}

async function open(parts: { subject?: ReturnType<typeof vapidSubject>; clock?: typeof systemClock } = {}): Promise<WebPushRig> {
  const service = await PushService.open();
  const client = new OutboundClient({ allowPrivate: true, answerMs: 1000 });
  const channel = new WebPushChannel({
    client,
    publicUrl,
    pair: () => Promise.resolve(pair),
    subject: vapidSubject(ofTeam),
    clock: systemClock,
    ...parts,
  });
  return {
    channel,
    provider: service,
    service,
    target: () => {
      const target = service.subscribe();
      return { target, secret: new URL(target.endpoint).pathname.split('/').at(-1) ?? '' };
    },
    remove: (target) => {
      if (target.kind === 'webpush') service.unsubscribe(target);
    },
    received: () =>
      service.pushed.map(({ payload }) => {
        const { notification } = payload as { notification: { title: string; body: string } };
        const { eventId, receipt, app_badge: badge } = payload as { eventId: string; receipt: string; app_badge: number };
        return { eventId, title: notification.title, body: notification.body, receipt, badge };
      }),
    close: async () => {
      client.close();
      await service.stop();
    },
  };
}

describe('web push', () => {
  pushChannelSuite(open);

  let rig: WebPushRig;
  beforeEach(async () => {
    rig = await open();
  });
  afterEach(() => rig.close());

  test('a push names the team for 12 hours, and how long, how soon and for what it is kept', async () => {
    await rig.channel.send(rig.target().target, noteOf());
    const [pushed] = rig.service.pushed;
    expect(pushed?.claims).toMatchObject({ aud: rig.provider.url, sub: 'https://chat.confab.team' });
    expect(Math.abs((pushed?.claims.exp ?? 0) * 1000 - Date.now() - hours(12))).toBeLessThan(60_000);
    expect(pushed?.headers).toMatchObject({
      ttl: '86400',
      urgency: 'high',
      topic: 'abcdefghijklmnopqrstuv',
      'content-encoding': 'aes128gcm',
    });
    expect(pushed?.headers.authorization).toContain(`k=${pair.publicKey}`);
  });

  test('its token serves 11 hours for one origin', async () => {
    let now = Date.now();
    const own = await open({ clock: { ...systemClock, now: () => now } });
    const { target } = own.target();
    for (const passed of [0, hours(10.9), hours(0.2)]) {
      now += passed;
      await own.channel.send(target, noteOf());
    }
    const [first, second, third] = own.service.pushed.map(({ headers }) => headers.authorization);
    expect([first === second, first === third]).toEqual([true, false]);
    await own.close();
  });

  test('what the service keeps it for is said', async () => {
    const { target } = rig.target();
    rig.provider.sayNext({ status: 201, headers: { TTL: '3600' } });
    expect((await rig.channel.send(target, noteOf())).detail).toBe('127.0.0.1 accepted it (201) and keeps it for 3600 s');
  });

  test.each([
    [403, '{"reason":"BadJwtToken"}', 'refused', 'answered 403: BadJwtToken'],
    [401, '{"code":401,"errno":109,"message":"Request did not validate"}', 'refused', 'answered 401: Request did not validate'],
    [413, '', 'refused', 'answered 413'],
    [307, '', 'refused', 'answered 307'],
    [404, '', 'gone', 'answered 404'],
    [410, 'push subscription has unsubscribed or expired.', 'gone', 'answered 410: push subscription has unsubscribed or expired.'],
  ])('%i %s', async (status, body, outcome, words) => {
    const { target } = rig.target();
    rig.provider.sayNext({ status, body });
    expect(await rig.channel.send(target, noteOf())).toEqual({ outcome, detail: `127.0.0.1 ${words}` });
  });

  test('a service that is away is named once', async () => {
    const { target } = rig.target();
    await rig.provider.stop();
    expect((await rig.channel.send(target, noteOf())).detail).toMatch(/^127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED$/);
    await rig.provider.start();
  });

  test('a date of Retry-After is a date', async () => {
    const { target } = rig.target();
    rig.provider.sayNext({ status: 503, headers: { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() } });
    const answer = await rig.channel.send(target, noteOf());
    expect(answer.outcome === 'later' && answer.retryAfterMs).toBeGreaterThan(50_000);
  });

  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  test.each<[string, PushTarget, string]>([
    ['keys of no browser', { kind: 'webpush', endpoint: 'https://push.example.com/1', p256dh: 'AAAA', auth: 'AAAA' }, 'gone'],
    ['an address that cannot be read', { kind: 'webpush', endpoint: 'push', ...keys }, 'gone'],
    ['an address of this machine', { kind: 'webpush', endpoint: 'https://127.0.0.1/push', ...keys }, 'refused'],
    ['a metadata service', { kind: 'webpush', endpoint: 'https://169.254.169.254/push', ...keys }, 'refused'],
  ])('%s gets nothing', async (_what, target, outcome) => {
    const client = new OutboundClient();
    const channel = new WebPushChannel({
      client,
      publicUrl,
      pair: () => Promise.resolve(pair),
      subject: vapidSubject(ofTeam),
      clock: systemClock,
    });
    expect(await channel.send(target, noteOf())).toMatchObject({ outcome });
    client.close();
  });

  test('a team in a network of its own sends nothing to Apple, and learns why; other services get pushes', async () => {
    const own = await open({ subject: vapidSubject({ mailFrom: null, publicUrl: 'http://chat.lan' }) });
    const apple: PushTarget = { kind: 'webpush', endpoint: 'https://web.push.apple.com/QGuQ', ...keys };
    expect(await own.channel.send(apple, noteOf())).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('MAIL_FROM') as string,
    });
    expect(await own.channel.send(own.target().target, noteOf())).toMatchObject({ outcome: 'accepted' });
    expect((await own.channel.check()).filter(({ ok }) => !ok).map(({ what }) => what)).toEqual([
      expect.stringContaining('CONFAB_PUBLIC_URL'),
    ]);
    await own.close();
  });

  test('at this machine alone nothing is wrong about that', async () => {
    const own = await open({ subject: vapidSubject({ mailFrom: null, publicUrl: 'http://localhost:3000' }) });
    expect((await own.channel.check()).every(({ ok }) => ok)).toBe(true);
    await own.close();
  });

  test('keys that cannot be read make it later, and the check says so', async () => {
    const client = new OutboundClient({ allowPrivate: true });
    const away = (): Promise<never> => Promise.reject(new Error('the database is away'));
    const channel = new WebPushChannel({ client, publicUrl, pair: away, subject: vapidSubject(ofTeam), clock: systemClock });
    expect(await channel.send(rig.target().target, noteOf())).toMatchObject({ outcome: 'later' });
    expect((await channel.check())[0]).toEqual({ ok: false, what: 'the push keys of the team cannot be read: the database is away' });
    client.close();
  });
});

test.each([
  ['team@confab.team', 'http://localhost:3000', 'mailto:team@confab.team', true],
  [null, 'https://chat.confab.team', 'https://chat.confab.team', true],
  ['team@mail.local', 'https://chat.confab.team', 'https://chat.confab.team', true],
  [null, 'http://localhost:3000', 'mailto:confab@localhost', false],
  [null, 'https://192.168.0.4', 'https://192.168.0.4', false],
  [null, 'https://[2001:db8::1]', 'https://[2001:db8::1]', false],
  [null, 'https://chat.local', 'https://chat.local', false],
  ['team@x.invalid', 'https://chat', 'https://chat', false],
  [null, 'http://chat.confab.team', 'mailto:confab@localhost', false],
])('mails from %s, a page at %s: the subject is %s', (mailFrom, url, subject, isForApple) => {
  const found = vapidSubject({ mailFrom, publicUrl: url });
  expect([found.subject, found.forApple === null]).toEqual([subject, isForApple]);
});
