import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OutboxEntry } from './client.ts';
import { ClientError } from './client-error.ts';
import type { ErrorCode } from '../src/contracts/errors.ts';
import { errorStatus } from '../src/contracts/errors.ts';
import { MemoryOutboxStore } from './outbox-store/memory.ts';
import { Outbox } from './outbox.ts';
import type { Acked } from './outbox-record.ts';
import { aMessage } from './test-log.ts';
import { ManualTimers, settled } from './test-timers.ts';
import { newUuid } from './uuid.ts';
import { lockOf } from './test-locks.ts';

const c1 = newUuid();
const c2 = newUuid();

const refusal = (code: ErrorCode, retryAfter?: number) =>
  new ClientError(code, {
    problem: {
      type: '',
      title: '',
      status: errorStatus[code],
      code,
      detail: code,
      requestId: '',
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  });

interface Delivery {
  readonly entry: OutboxEntry;
  readonly answer: (seq: number) => void;
  readonly fail: (error: ClientError) => void;
}

let timers: ManualTimers;
let store: MemoryOutboxStore;
let deliveries: Delivery[];
let isConnected: boolean;
let pastRev: number;
let late: number;

const anOutbox = (exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T> = (_name, work) => work()) =>
  new Outbox({
    store,
    timers,
    exclusively,
    isConnected: () => isConnected,
    isReady: () => true,
    deliver: (entry) =>
      new Promise<Acked>((resolve, reject) => {
        deliveries.push({
          entry,
          answer: (seq) => {
            resolve({ id: `m${String(seq)}`, seq, rev: seq + 1, createdAt: 'now' });
          },
          fail: reject,
        });
      }),
    isPast: (_id, rev) => rev <= pastRev,
    onLate: () => {
      late++;
    },
    onChange: () => undefined,
  });

async function openOutbox(): Promise<Outbox> {
  const outbox = anOutbox();
  await outbox.open('ana');
  return outbox;
}

beforeEach(() => {
  timers = new ManualTimers();
  store = new MemoryOutboxStore();
  deliveries = [];
  isConnected = true;
  pastRev = 0;
  late = 0;
});

const first = (outbox: Outbox): OutboxEntry => {
  const [entry] = outbox.pendingOf(c1);
  if (!entry) throw new Error('nothing is pending');
  return entry;
};
const texts = () => deliveries.map(({ entry }) => entry.text);
const arrival = (entry: OutboxEntry, seq: number) =>
  aMessage(seq, { ...entry, id: `m${String(seq)}`, rev: seq + 1, senderId: 'ana', createdAt: 'now' });

describe('an outbox', () => {
  it('sends one at a time in a conversation, in the order written, and conversations beside each other', async () => {
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    outbox.add(c1, { text: 'two' });
    outbox.add(c2, { text: 'other' });
    await settled();
    expect(texts()).toEqual(['one', 'other']);
    deliveries[0]?.answer(1);
    await settled();
    expect(texts()).toEqual(['one', 'other', 'two']);
  });

  it('shows a message as on its way until it arrives, and resolves for its sender at the ack', async () => {
    const outbox = await openOutbox();
    const { acked, clientMessageId } = outbox.add(c1, { text: 'one' });
    await settled();
    deliveries[0]?.answer(1);
    await expect(acked).resolves.toEqual({ id: 'm1', seq: 1, rev: 2, createdAt: 'now' });
    expect(outbox.pendingOf(c1)).toMatchObject([{ clientMessageId, state: 'sending' }]);
    expect(await store.load('ana')).toEqual([]);
    outbox.arrived(arrival(first(outbox), 1));
    expect(outbox.entries.get()).toEqual([]);
  });

  it('lets go of what was acked before a loss once that was caught up', async () => {
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    await settled();
    deliveries[0]?.answer(1);
    await settled();
    expect(outbox.entries.get()).toHaveLength(1);
    pastRev = 2;
    await outbox.resume();
    expect(outbox.entries.get()).toEqual([]);
  });

  it('takes a message that arrives before its ack for acked', async () => {
    const outbox = await openOutbox();
    const { acked } = outbox.add(c1, { text: 'one' });
    await settled();
    outbox.arrived(arrival(first(outbox), 1));
    await expect(acked).resolves.toMatchObject({ id: 'm1', seq: 1 });
    expect(outbox.entries.get()).toEqual([]);
    deliveries[0]?.fail(new ClientError('offline'));
    await timers.pass(60_000);
    expect(texts()).toEqual(['one']);
    expect(await store.load('ana')).toEqual([]);
  });

  it('lets go at the ack of what the log has passed already, and asks for what stays away', async () => {
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    await settled();
    pastRev = 2;
    deliveries[0]?.answer(1);
    await settled();
    expect(outbox.entries.get()).toEqual([]);
    outbox.add(c1, { text: 'two' });
    await settled();
    deliveries[1]?.answer(2);
    await timers.pass(1_500);
    expect([outbox.entries.get().length, late]).toEqual([1, 1]);
  });

  it('sends again under the same id after whatever may pass, not sooner than the server asked', async () => {
    const outbox = await openOutbox();
    const { acked, clientMessageId } = outbox.add(c1, { text: 'one' });
    for (const error of [refusal('unavailable'), refusal('internal'), new ClientError('deadline_exceeded'), refusal('unauthenticated')]) {
      await settled();
      deliveries.at(-1)?.fail(error);
      await timers.pass(20_000);
    }
    expect(deliveries).toHaveLength(5);
    deliveries.at(-1)?.fail(refusal('rate_limited', 30));
    await timers.pass(29_999);
    expect(outbox.pause.get()).toMatchObject({ code: 'rate_limited' });
    expect(deliveries).toHaveLength(5);
    await timers.pass(20_001);
    deliveries.at(-1)?.answer(1);
    await expect(acked).resolves.toMatchObject({ seq: 1 });
    expect(outbox.pause.get()).toBeNull();
    expect(new Set(deliveries.map(({ entry }) => entry.clientMessageId))).toEqual(new Set([clientMessageId]));
  });

  it('waits for the connection, then goes on at once', async () => {
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    await settled();
    isConnected = false;
    deliveries[0]?.fail(new ClientError('offline'));
    await timers.pass(60_000);
    expect(outbox.pendingOf(c1)).toMatchObject([{ state: 'waiting' }]);
    isConnected = true;
    await outbox.resume();
    await settled();
    expect(texts()).toEqual(['one', 'one']);
  });

  it('does not wait out a pause when the connection is new', async () => {
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    await settled();
    deliveries[0]?.fail(refusal('unavailable', 600));
    await settled();
    await outbox.resume();
    await settled();
    expect(deliveries).toHaveLength(2);
    expect(timers.pending).toBe(0);
  });

  it.each(['validation_failed', 'forbidden', 'not_found', 'payload_too_large'] as const)(
    'gives up at %s, and the next goes on',
    async (code) => {
      const outbox = await openOutbox();
      const { acked, clientMessageId } = outbox.add(c1, { text: 'one' });
      outbox.add(c1, { text: 'two' });
      await settled();
      deliveries[0]?.fail(refusal(code));
      await expect(acked).rejects.toMatchObject({ code });
      await settled();
      expect(outbox.pendingOf(c1)).toMatchObject([{ clientMessageId, state: 'failed', code }, { state: 'sending' }]);
      expect(await store.load('ana')).toMatchObject([{ state: 'failed', code }, {}]);
    },
  );

  it('tries a failed one again when asked, and forgets a discarded one', async () => {
    const outbox = await openOutbox();
    const { clientMessageId } = outbox.add(c1, { text: 'one' });
    await settled();
    deliveries[0]?.fail(refusal('forbidden'));
    await settled();
    outbox.retry(clientMessageId);
    await settled();
    expect(texts()).toEqual(['one', 'one']);
    deliveries[1]?.fail(refusal('forbidden'));
    await settled();
    outbox.discard(clientMessageId);
    await settled();
    expect(outbox.entries.get()).toEqual([]);
    expect(await store.load('ana')).toEqual([]);
  });

  it('rejects a discarded one for its sender', async () => {
    isConnected = false;
    const outbox = await openOutbox();
    const { acked, clientMessageId } = outbox.add(c1, { text: 'one' });
    outbox.discard(clientMessageId);
    await expect(acked).rejects.toMatchObject({ code: 'client_closed' });
  });

  it('takes up what was left, before what is written now', async () => {
    isConnected = false;
    const before = await openOutbox();
    before.add(c1, { text: 'old' });
    await timers.pass(1);
    isConnected = true;
    const after = anOutbox();
    const opening = after.open('ana');
    after.add(c1, { text: 'new' });
    await opening;
    await settled();
    expect(texts()).toEqual(['old']);
    deliveries[0]?.answer(1);
    await settled();
    expect(texts()).toEqual(['old', 'new']);
  });

  it('never sends what another person left, and keeps it for them', async () => {
    isConnected = false;
    const outbox = await openOutbox();
    const { acked } = outbox.add(c1, { text: 'of ana' });
    await settled();
    isConnected = true;
    await outbox.open('ben');
    await settled();
    await expect(acked).rejects.toMatchObject({ code: 'client_closed' });
    expect([texts(), outbox.entries.get()]).toEqual([[], []]);
    await outbox.open('ana');
    await settled();
    expect(texts()).toEqual(['of ana']);
  });

  it('clears its own at a log out', async () => {
    isConnected = false;
    const outbox = await openOutbox();
    outbox.add(c1, { text: 'one' });
    await settled();
    await outbox.clear('ana');
    expect([outbox.entries.get(), await store.load('ana')]).toEqual([[], []]);
    await expect(outbox.add(c1, { text: 'two' }).acked).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('takes no more than a thousand', async () => {
    isConnected = false;
    const outbox = await openOutbox();
    for (let index = 0; index < 1_000; index++) outbox.add(c1, { text: 'x' });
    await expect(outbox.add(c1, { text: 'one more' }).acked).rejects.toMatchObject({ code: 'rate_limited' });
    expect(outbox.entries.get()).toHaveLength(1_000);
  });

  it('does not send what the server would certainly refuse', async () => {
    const outbox = await openOutbox();
    await expect(outbox.add(c1, { text: 'x'.repeat(200_000) }).acked).rejects.toMatchObject({ code: 'validation_failed' });
    expect(outbox.pendingOf(c1)).toMatchObject([{ state: 'failed', code: 'validation_failed' }]);
    expect(deliveries).toEqual([]);
  });

  it('keeps up to eight conversations on their way', async () => {
    const outbox = await openOutbox();
    for (let index = 0; index < 12; index++) outbox.add(newUuid(), { text: String(index) });
    await settled();
    expect(deliveries).toHaveLength(8);
    deliveries[0]?.answer(1);
    await settled();
    expect(deliveries).toHaveLength(9);
  });
});

describe('an outbox without its store', () => {
  const silent = () => new Promise<never>(() => undefined);
  const broken = () => Promise.reject(new Error('no room'));

  it.each([
    ['fails', broken],
    ['never answers', silent],
  ])('sends although the store %s', async (_how, answer) => {
    store = Object.assign(new MemoryOutboxStore(), { load: answer, put: answer, has: answer, remove: answer, clear: answer });
    const outbox = anOutbox();
    const opening = outbox.open('ana');
    await timers.pass(3_000);
    await opening;
    const { acked } = outbox.add(c1, { text: 'one' });
    await timers.pass(3_000);
    deliveries[0]?.answer(1);
    await expect(acked).resolves.toMatchObject({ seq: 1 });
    expect(deliveries).toHaveLength(1);
  });
});

describe('two tabs with one outbox', () => {
  it('send each entry once', async () => {
    isConnected = false;
    const left = await openOutbox();
    left.add(c1, { text: 'one' });
    left.add(c1, { text: 'two' });
    await settled();
    isConnected = true;
    const locked = lockOf();
    const tabs = [anOutbox(locked), anOutbox(locked)];
    await Promise.all(tabs.map((tab) => tab.open('ana')));
    for (let seq = 1; seq <= 2; seq++) {
      await settled();
      deliveries.at(-1)?.answer(seq);
      await settled();
    }
    expect(texts()).toEqual(['one', 'two']);
    expect(await store.load('ana')).toEqual([]);
  });
});
