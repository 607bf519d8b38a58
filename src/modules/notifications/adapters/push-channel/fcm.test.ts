import { Fcm, fcmError } from '../../../../../test/harness/fcm.ts';
import { OutboundClient } from '../../../../infra/outbound/outbound-client.ts';
import { type Clock, minutes, systemClock } from '../../../../kernel/clock.ts';
import { type FcmCredentials, readFcmCredentials } from '../../domain/fcm-credentials.ts';
import { noteOf } from './notes.fixture.ts';
import { FcmChannel } from './fcm.ts';
import { pushChannelSuite, type PushRig } from './push-channel.suite.ts';

const publicUrl = 'https://chat.example.org';

interface FcmRig extends PushRig {
  readonly fcm: Fcm;
}

const credentialsOf = (text: string): FcmCredentials => {
  const read = readFcmCredentials(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
};

async function open(clock: Clock = systemClock): Promise<FcmRig> {
  const fcm = await Fcm.open();
  const client = new OutboundClient({ allowPrivate: true, answerMs: 1000 });
  const channel = new FcmChannel({ credentials: credentialsOf(fcm.credentials), client, publicUrl, clock });
  return {
    channel,
    provider: fcm,
    fcm,
    target: () => {
      const token = fcm.register();
      return { target: { kind: 'fcm', token, platform: 'android' }, secret: token };
    },
    remove: (target) => {
      if (target.kind === 'fcm') fcm.registered.delete(target.token);
    },
    received: () =>
      fcm.sent.map(({ notification = {}, data = {} }) => ({
        eventId: data['eventId'] ?? '',
        title: notification.title ?? '',
        body: notification.body ?? '',
        receipt: data['receipt'] ?? '',
        badge: Number(data['badge']),
      })),
    close: async () => {
      client.close();
      await fcm.stop();
    },
  };
}

describe('Firebase', () => {
  pushChannelSuite(() => open());

  let rig: FcmRig;
  let now = 0;
  beforeEach(async () => {
    now = systemClock.monotonic();
    rig = await open({ ...systemClock, monotonic: () => now });
  });
  afterEach(() => rig.close());

  test('Android shows one notification of an event, at once', async () => {
    await rig.channel.send(rig.target().target, noteOf());
    expect(rig.fcm.sent[0]?.android).toMatchObject({
      priority: 'high',
      collapse_key: 'abcdefghijklmnopqrstuv',
      ttl: '86400s',
      notification: { tag: noteOf().eventId, notification_count: 3 },
    });
    expect(rig.fcm.sent[0]?.data).toMatchObject({ seq: '7', url: `${publicUrl}${noteOf().path}`, actions: 'reply,read' });
  });

  test('iOS gets the headers and the badge of Apple, and a browser its link', async () => {
    const token = rig.fcm.register();
    await rig.channel.send({ kind: 'fcm', token, platform: 'ios' }, noteOf());
    await rig.channel.send({ kind: 'fcm', token, platform: 'web' }, noteOf({ body: '' }));
    const [ios, web] = rig.fcm.sent;
    expect(ios?.apns).toEqual({
      headers: {
        'apns-collapse-id': noteOf().eventId,
        'apns-expiration': String(Date.parse('2026-02-01T18:00:00Z') / 1000),
        'apns-priority': '10',
      },
      payload: { aps: { badge: 3, sound: 'default', 'mutable-content': 1, 'thread-id': noteOf().conversationId } },
    });
    expect([web?.notification, web?.webpush?.['fcm_options']]).toEqual([
      { title: 'Grace in Kitchen' },
      { link: `${publicUrl}${noteOf().path}` },
    ]);
  });

  test('a long text is cut to what Firebase takes', async () => {
    const { target } = rig.target();
    expect(await rig.channel.send(target, noteOf({ body: 'длинное слово '.repeat(2000) }))).toMatchObject({ outcome: 'accepted' });
  });

  test('one token serves all sends until five minutes before its end', async () => {
    const { target } = rig.target();
    await Promise.all(Array.from({ length: 20 }, () => rig.channel.send(target, noteOf())));
    now += minutes(54);
    await rig.channel.send(target, noteOf());
    expect(rig.fcm.tokensGiven).toBe(1);
    now += minutes(2);
    await rig.channel.send(target, noteOf());
    expect([rig.fcm.tokensGiven, rig.fcm.sent.length]).toEqual([2, 22]);
  });

  test('a token that Google took back is replaced at once', async () => {
    const { target } = rig.target();
    await rig.channel.send(target, noteOf());
    rig.fcm.revokeTokens();
    expect(await rig.channel.send(target, noteOf())).toMatchObject({ outcome: 'accepted' });
    expect(rig.fcm.tokensGiven).toBe(2);
  });

  test.each<[number, string, string | undefined, string]>([
    [404, 'NOT_FOUND', 'UNREGISTERED', 'gone'],
    [404, 'NOT_FOUND', undefined, 'refused'],
    [400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'refused'],
    [403, 'PERMISSION_DENIED', 'SENDER_ID_MISMATCH', 'refused'],
    [401, 'UNAUTHENTICATED', 'THIRD_PARTY_AUTH_ERROR', 'refused'],
    [429, 'RESOURCE_EXHAUSTED', 'QUOTA_EXCEEDED', 'later'],
    [503, 'UNAVAILABLE', 'UNAVAILABLE', 'later'],
    [500, 'INTERNAL', 'INTERNAL', 'later'],
  ])('%i %s (%s) is %s', async (status, name, code, outcome) => {
    const { target } = rig.target();
    await rig.channel.send(target, noteOf());
    rig.fcm.sayNext(fcmError({ status, name, message: 'the words of Firebase', ...(code === undefined ? {} : { code }) }));
    expect(await rig.channel.send(target, noteOf())).toMatchObject({
      outcome,
      detail: `Firebase answered ${String(status)} ${code ?? name}: the words of Firebase`,
    });
  });

  test('a key that Google does not know refuses for a minute without asking again, and the check names the setting', async () => {
    const { target } = rig.target();
    rig.fcm.sayNext({ status: 400, body: '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}' });
    expect(await rig.channel.send(target, noteOf())).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('invalid_grant') as string,
    });
    expect((await rig.channel.check())[0]).toMatchObject({ ok: false, what: expect.stringContaining('See FCM_CREDENTIALS') as string });
    expect(rig.fcm.requests).toBe(1);
    now += minutes(1.1);
    expect(await rig.channel.send(target, noteOf())).toMatchObject({ outcome: 'accepted' });
  });

  test('a page in place of a token is no token', async () => {
    rig.fcm.sayNext({ status: 200, body: '<html>Sign in to the network</html>' });
    expect(await rig.channel.send(rig.target().target, noteOf())).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('Sign in to the network') as string,
    });
  });

  test('the check sends nothing to anybody', async () => {
    expect(await rig.channel.check()).toEqual([{ ok: true, what: expect.stringContaining('project confab-test') as string }]);
    expect(rig.fcm.sent).toEqual([]);
  });

  test('is off without credentials, and says which setting turns it on', async () => {
    const client = new OutboundClient();
    const channel = new FcmChannel({ credentials: null, client, publicUrl, clock: systemClock });
    expect(channel.off).toContain('FCM_CREDENTIALS');
    expect(await channel.send({ kind: 'fcm', token: 't', platform: 'web' }, noteOf())).toMatchObject({ outcome: 'refused' });
    expect(await channel.check()).toEqual([{ ok: true, what: channel.off }]);
    client.close();
  });
});
