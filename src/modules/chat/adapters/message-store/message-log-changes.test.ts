import { jest } from '@jest/globals';
import { conversation, draft, other, pausedWriter, turns } from './log.fixture.ts';
import { MessageLog } from './message-log.ts';

// Writes take no time but what a test lets pass.
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
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
