import { jest } from '@jest/globals';
import { AppError } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/ids.ts';
import { type Draft, placed } from '../../domain/drafts.ts';
import { StaleAuthorisation } from '../../ports.ts';
import { conversation, draft, other, pausedWriter, turns } from './log.fixture.ts';
import { MessageLog } from './message-log.ts';

// Writes take no time but what a test lets pass.
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('an idle log writes at once, and what arrives meanwhile goes together with the next write', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const sent = [log.append(draft()), log.append(draft()), log.append(draft())];
  expect(writer.writes.map(({ drafts }) => drafts.length)).toEqual([1]);
  expect(log.depth).toBe(2);
  writer.writes[0]?.finish();
  await turns();
  expect(writer.writes.map(({ drafts }) => drafts.length)).toEqual([1, 2]);
  writer.writes[1]?.finish();
  expect((await Promise.all(sent)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(log.depth).toBe(0);
});

/** A log whose last writes each ended while somebody waited. */
async function sharedLog() {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  void log.append(draft());
  for (let writes = 0; writes < 4; writes++) {
    void log.append(draft());
    writer.writes.at(-1)?.finish();
    await turns();
    await jest.advanceTimersByTimeAsync(1_000);
  }
  writer.writes.at(-1)?.finish();
  await turns();
  await jest.advanceTimersByTimeAsync(1_000);
  const begun = writer.writes.length;
  return { log, writer, sizes: () => writer.writes.slice(begun).map(({ drafts }) => drafts.length) };
}

test('one sender who waits for each answer never waits for a rest', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  for (let sent = 1; sent < 20; sent++) {
    void log.append(draft());
    expect(writer.writes).toHaveLength(sent);
    await jest.advanceTimersByTimeAsync(3);
    writer.writes.at(-1)?.finish();
    await turns();
  }
});

test('where several write at once the log rests four times as long as a write took, 5 ms at most', async () => {
  const { log, writer, sizes } = await sharedLog();
  const finishAfter = async (ms: number) => {
    await jest.advanceTimersByTimeAsync(ms);
    writer.writes.at(-1)?.finish();
    await turns();
  };
  void log.append(draft());
  await finishAfter(1);
  void log.append(draft());
  await jest.advanceTimersByTimeAsync(3);
  void log.append(draft());
  expect(sizes()).toEqual([1]);
  await jest.advanceTimersByTimeAsync(1);
  expect(sizes()).toEqual([1, 2]);
  await finishAfter(1_000);
  void log.append(draft());
  await jest.advanceTimersByTimeAsync(4);
  expect(sizes()).toEqual([1, 2]);
  await jest.advanceTimersByTimeAsync(1);
  expect(sizes()).toEqual([1, 2, 1]);
});

test('two dozen that wait are worth a write without rest', async () => {
  const { log, writer, sizes } = await sharedLog();
  void log.append(draft());
  await jest.advanceTimersByTimeAsync(1_000);
  writer.writes.at(-1)?.finish();
  await turns();
  for (let count = 0; count < 23; count++) void log.append(draft());
  expect(sizes()).toEqual([1]);
  void log.append(draft());
  expect(sizes()).toEqual([1, 24]);
});

/** Drafts of as many conversations. */
const scattered = (count: number): Draft[] => Array.from({ length: count }, () => draft({ conversationId: newId() }));

test('a second write goes out beside the first once enough wait that the first does not touch', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const sizes = () => writer.writes.map(({ drafts }) => drafts.length);
  void log.append(draft());
  for (let count = 0; count < 40; count++) void log.append(draft());
  expect(sizes()).toEqual([1]);
  for (const one of scattered(23)) void log.append(one);
  expect(sizes()).toEqual([1]);
  void log.append(draft({ conversationId: other }));
  expect(sizes()).toEqual([1, 24]);
  for (let count = 0; count < 40; count++) void log.append(draft({ conversationId: other }));
  expect(sizes()).toEqual([1, 24]);
  writer.writes[0]?.finish();
  await turns();
  expect(sizes()).toEqual([1, 24, 40]);
  expect(log.depth).toBe(40);
});

test('with many under way there is one write at a time', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const sizes = () => writer.writes.map(({ drafts }) => drafts.length);
  for (const one of scattered(1 + 24 + 200)) void log.append(one);
  expect(sizes()).toEqual([1, 24, 25]);
  for (const write of writer.writes.slice(0, 2)) write.finish();
  await turns();
  expect(sizes()).toEqual([1, 24, 25]);
  writer.writes[2]?.finish();
  await turns();
  expect(sizes()).toEqual([1, 24, 25, 175]);
});

test('another write takes no fewer than are being written, and there are three at most', () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  for (const one of scattered(1 + 24 + 25 + 1_000)) void log.append(one);
  expect(writer.writes.map(({ drafts }) => drafts.length)).toEqual([1, 24, 25]);
});

test('no conversation has two writes at once, and its drafts are written in the order they came', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const ids = Array.from({ length: 40 }, () => newId());
  const sent = Array.from({ length: 3_000 }, (_, number) =>
    draft({ conversationId: ids[((number * 7) % 41) % 40] ?? '', text: String(number) }),
  );
  const written: number[] = [];
  let change = Promise.resolve();
  let ended = 0;
  const endOne = async (place: number) => {
    const underWay = writer.writes.slice(ended).map(({ drafts }) => drafts.map(({ conversationId }) => conversationId));
    expect(new Set(underWay.flatMap((one) => [...new Set(one)])).size).toBe(underWay.reduce((sum, one) => sum + new Set(one).size, 0));
    const [write] = writer.writes.splice(ended + (place % underWay.length), 1);
    writer.writes.splice(ended++, 0, write!);
    written.push(...write!.drafts.map(({ text }) => Number(text)));
    write!.finish();
    await turns();
    await jest.advanceTimersByTimeAsync(10);
  };
  for (const [number, one] of sent.entries()) {
    void log.append(one);
    if (number % 50 === 0) change = log.exclusively(one.conversationId, () => Promise.resolve());
    if (number % 37 === 0 && writer.writes.length > ended) await endOne(number);
  }
  while (writer.writes.length > ended) await endOne(ended);
  await change;
  expect(written).toHaveLength(sent.length);
  for (const id of ids) {
    const own = written.filter((number) => sent[number]?.conversationId === id);
    expect(own).toEqual(own.toSorted((a, b) => a - b));
  }
});

test('a change waits only for the write that touches its conversation', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  void log.append(draft());
  const changed = log.exclusively(other, () => Promise.resolve('changed'));
  await expect(changed).resolves.toBe('changed');
  expect(writer.writes).toHaveLength(1);
});

test('a change does not wait for the rest, nor does what waited behind it', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  void log.append(draft());
  await jest.advanceTimersByTimeAsync(1_000);
  writer.writes[0]?.finish();
  await turns();
  const changed: string[] = [];
  void log.exclusively(conversation, () => Promise.resolve(changed.push('changed')));
  void log.append(draft());
  await turns();
  expect(changed).toEqual(['changed']);
  expect(writer.writes).toHaveLength(2);
});

test('repeats within a batch are written once and answered alike', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const first = log.append(draft());
  const repeated = draft();
  const answers = [log.append(repeated), log.append(draft()), log.append({ ...repeated, id: newId() })];
  writer.writes[0]?.finish();
  await first;
  await turns();
  expect(writer.writes[1]?.drafts).toHaveLength(2);
  writer.writes[1]?.finish();
  const [one, , again] = await Promise.all(answers);
  expect(again).toBe(one);
});

test('a refused draft is stale, a failed write fails everyone in it and nobody after it', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const stale = log.append(draft());
  const failing = [log.append(draft()), log.append(draft())];
  writer.writes[0]?.finish([null]);
  await expect(stale).rejects.toThrow(StaleAuthorisation);
  const fine = log.append(draft());
  writer.writes[1]?.fail(new AppError('unavailable'));
  for (const one of failing) await expect(one).rejects.toMatchObject({ code: 'unavailable' });
  await turns();
  writer.writes[2]?.finish();
  expect((await fine).seq).toBe(1);
});

test('a draft that cannot be written fails alone', async () => {
  const log = new MessageLog({
    write: (drafts) =>
      drafts.some(({ text }) => text === 'poison')
        ? Promise.reject(new Error('bad text'))
        : Promise.resolve(drafts.map((one, index) => placed(one, index + 1, index + 1))),
  });
  const sent = [log.append(draft()), log.append(draft()), log.append(draft({ text: 'poison' })), log.append(draft())];
  const outcomes = await Promise.allSettled(sent);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('a batch has bounds, and so has what waits', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  void log.append(draft());
  for (let count = 0; count < 600; count++) void log.append(draft());
  writer.writes[0]?.finish();
  await turns();
  expect(writer.writes[1]?.drafts).toHaveLength(500);
  for (let count = log.depth; count < 20_000; count++) void log.append(draft());
  await expect(log.append(draft())).rejects.toMatchObject({ code: 'rate_limited' });
});

test('a meter sees each batch, not each message', async () => {
  const writer = pausedWriter();
  const sizes: number[] = [];
  const log = new MessageLog(writer, { wrote: ({ messages }) => void sizes.push(messages) });
  const sent = [log.append(draft()), log.append(draft()), log.append(draft())];
  writer.writes[0]?.finish();
  await turns();
  writer.writes[1]?.finish();
  await Promise.all(sent);
  expect(sizes).toEqual([1, 2]);
});
