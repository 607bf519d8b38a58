import { jest } from '@jest/globals';
import type { Message } from '../../../../contracts/chat/entities.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { newId } from '../../../../kernel/ids.ts';
import { type Draft, placed } from '../../domain/drafts.ts';
import { StaleAuthorisation } from '../../ports.ts';
import { MessageLog } from './message-log.ts';

interface Write {
  readonly drafts: readonly Draft[];
  readonly finish: (messages?: readonly (Message | null)[]) => void;
  readonly fail: (error: Error) => void;
}

/** A writer whose writes end when the test says so. */
function pausedWriter() {
  const writes: Write[] = [];
  let seq = 0;
  return {
    writes,
    write: (drafts: readonly Draft[]) =>
      new Promise<readonly (Message | null)[]>((resolve, reject) => {
        const finish = (messages: readonly (Message | null)[] = drafts.map((draft) => placed(draft, ++seq, seq))) => {
          resolve(messages);
        };
        writes.push({ drafts, finish, fail: reject });
      }),
  };
}

const conversation = newId();
const other = newId();
const draft = (more: Partial<Draft> = {}): Draft => ({
  id: newId(),
  conversationId: conversation,
  membersRev: 1,
  senderId: conversation,
  clientMessageId: newId(),
  text: 'text',
  replyTo: null,
  threadRootId: null,
  mentions: [],
  createdAt: '2026-02-03T10:00:00.000Z',
  ...more,
});
const turns = async (): Promise<void> => {
  for (let count = 0; count < 20; count++) await Promise.resolve();
};

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

test('after a write the log rests four times as long, 8 ms at most, unless enough wait to be worth a write', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
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
  expect(writer.writes).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(writer.writes.map(({ drafts }) => drafts.length)).toEqual([1, 2]);
  await finishAfter(1_000);
  void log.append(draft());
  await jest.advanceTimersByTimeAsync(7);
  expect(writer.writes).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(1);
  expect(writer.writes).toHaveLength(3);
  await finishAfter(1_000);
  for (let count = 0; count < 23; count++) void log.append(draft());
  expect(writer.writes).toHaveLength(3);
  void log.append(draft());
  expect(writer.writes.map(({ drafts }) => drafts.length)).toEqual([1, 2, 1, 24]);
  await finishAfter(1_000);
  await jest.advanceTimersByTimeAsync(1_000);
  void log.append(draft());
  expect(writer.writes).toHaveLength(5);
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

test('a change waits for the write in flight and holds back only its own conversation', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const events: string[] = [];
  void log.append(draft()).then(() => events.push('first'));
  let finishChange: () => void = () => undefined;
  const change = log.exclusively(conversation, () => {
    events.push('change begins');
    return new Promise<void>((resolve) => (finishChange = resolve));
  });
  void log.append(draft()).then(() => events.push('held'));
  void log.append(draft({ conversationId: other })).then(() => events.push('other'));
  await turns();
  expect(events).toEqual([]);
  writer.writes[0]?.finish();
  await turns();
  expect(events).toEqual(['first', 'change begins']);
  writer.writes[1]?.finish();
  await turns();
  expect(events).toEqual(['first', 'change begins', 'other']);
  finishChange();
  await change;
  await turns();
  writer.writes[2]?.finish();
  await turns();
  expect(events).toEqual(['first', 'change begins', 'other', 'held']);
});

test('appends get their turn between two changes', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const events: string[] = [];
  const change = (name: string) => log.exclusively(conversation, () => Promise.resolve(events.push(name)));
  const changes = [change('one'), change('two'), change('three')];
  void log.append(draft()).then(() => events.push('appended'));
  await turns();
  writer.writes[0]?.finish();
  await Promise.all(changes);
  await turns();
  expect(events).toEqual(['one', 'appended', 'two', 'three']);
});

test('a change that fails lets the next one and the appends go on', async () => {
  const writer = pausedWriter();
  const log = new MessageLog(writer);
  const failed = log.exclusively(conversation, () => Promise.reject(new Error('no')));
  const next = log.exclusively(conversation, () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
  const sent = log.append(draft());
  writer.writes[0]?.finish();
  await expect(sent).resolves.toBeDefined();
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

test('so many changes wait and no more', async () => {
  const log = new MessageLog(pausedWriter());
  let finish: () => void = () => undefined;
  const first = log.exclusively(conversation, () => new Promise<void>((resolve) => (finish = resolve)));
  const waiting = Array.from({ length: 4_999 }, () => log.exclusively(conversation, () => Promise.resolve()));
  await expect(log.exclusively(other, () => Promise.resolve())).rejects.toMatchObject({ code: 'rate_limited' });
  finish();
  await Promise.all([first, ...waiting]);
  await expect(log.exclusively(other, () => Promise.resolve('again'))).resolves.toBe('again');
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
