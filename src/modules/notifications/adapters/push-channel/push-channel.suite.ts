import type { StandIn } from '../../../../../test/harness/stand-in.ts';
import type { Note, PushChannel, PushTarget } from '../../ports.ts';
import { noteOf } from './notes.fixture.ts';

/** A channel, and the provider that it sends to. */
export interface PushRig {
  readonly channel: PushChannel;
  readonly provider: StandIn;
  /** A device that gets pushes; its secret. */
  target(): { readonly target: PushTarget; readonly secret: string };
  /** It gets none any more. */
  remove(target: PushTarget): void;
  /** What devices got, in order. */
  received(): readonly Pick<Note, 'eventId' | 'title' | 'body' | 'receipt' | 'badge'>[];
  close(): Promise<void>;
}

/** What every channel must do. `open` makes one that waits a second for an answer. */
export function pushChannelSuite(open: () => Promise<PushRig>): void {
  let rig: PushRig;
  beforeEach(async () => {
    rig = await open();
  });
  afterEach(() => rig.close());

  test('a note reaches the device', async () => {
    const { target } = rig.target();
    expect(await rig.channel.send(target, noteOf())).toMatchObject({
      outcome: 'accepted',
      detail: expect.stringMatching(/accept/) as string,
    });
    expect(rig.received()).toEqual([
      { eventId: noteOf().eventId, title: 'Grace in Kitchen', body: 'Lunch is ready', receipt: 'receipt-1', badge: 3 },
    ]);
  });

  test('a device that is gone is', async () => {
    const { target, secret } = rig.target();
    rig.remove(target);
    const answer = await rig.channel.send(target, noteOf());
    expect(answer.outcome).toBe('gone');
    expect(answer.detail).not.toContain(secret);
  });

  test('a target of another kind is gone', async () => {
    const other: PushTarget =
      rig.channel.kind === 'fcm'
        ? { kind: 'webpush', endpoint: 'https://push.example.com/1', p256dh: '', auth: '' }
        : { kind: 'fcm', token: 'token', platform: 'android' };
    expect(await rig.channel.send(other, noteOf())).toMatchObject({ outcome: 'gone' });
  });

  test('what is ours to repair is refused, in the words of the provider and without secrets', async () => {
    const { target, secret } = rig.target();
    await rig.channel.send(target, noteOf());
    rig.provider.sayNext({ status: 400, body: `<html><body>Bad ${secret}\n request ${'x'.repeat(2000)}</body></html>` });
    const { outcome, detail } = await rig.channel.send(target, noteOf());
    expect([outcome, detail.length]).toEqual(['refused', 300]);
    expect(detail).toMatch(/answered 400.*Bad … request x/);
  });

  test.each([
    [429, '7', 7000],
    [503, '0', 0],
    [503, '99999999', 86_400_000],
    [500, undefined, null],
    [502, 'soon', null],
  ])('a provider that answers %i with Retry-After %s is asked again', async (status, header, retryAfterMs) => {
    const { target } = rig.target();
    await rig.channel.send(target, noteOf());
    rig.provider.sayNext({ status, ...(header === undefined ? {} : { headers: { 'Retry-After': header } }) });
    expect(await rig.channel.send(target, noteOf())).toMatchObject({ outcome: 'later', retryAfterMs });
  });

  test('while the provider is away all sends are for later and nothing piles up; then they go', async () => {
    const { target } = rig.target();
    await rig.channel.send(target, noteOf());
    await rig.provider.stop();
    const answers = await Promise.all(Array.from({ length: 300 }, () => rig.channel.send(target, noteOf())));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['later']));
    expect(answers[0]?.detail).toMatch(/cannot be reached: ECONN/);
    const before = rig.provider.requests;
    await rig.provider.start();
    expect(await rig.channel.send(target, noteOf())).toMatchObject({ outcome: 'accepted' });
    expect(rig.provider.requests - before).toBeLessThanOrEqual(2);
  });

  test('a provider that is silent is given up', async () => {
    const { target } = rig.target();
    await rig.channel.send(target, noteOf());
    rig.provider.sayNext('silence');
    expect(await rig.channel.send(target, noteOf())).toMatchObject({
      outcome: 'later',
      detail: expect.stringContaining('did not answer within') as string,
    });
  });

  test('is well where the provider takes what it sends', async () => {
    expect(rig.channel.off).toBeNull();
    expect((await rig.channel.check()).filter(({ ok }) => !ok)).toEqual([]);
  });
}
