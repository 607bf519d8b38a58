import { expect, test } from '@jest/globals';
import { lateWire } from './late-wire.ts';
import type { OpenWire, WireHandlers } from './wire.ts';

const at = { url: '', token: 'token' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A library that comes when it is let, and what was opened with it. */
function library() {
  const opened: WireHandlers[] = [];
  const closed: string[] = [];
  const readings: { come: () => void; fail: () => void }[] = [];
  const open: OpenWire = (_at, handlers) => {
    opened.push(handlers);
    return { emit: (command) => closed.push(`emitted ${command}`), close: () => closed.push('closed') };
  };
  const read = (): Promise<OpenWire> =>
    new Promise((resolve, reject) => {
      const come = (): void => {
        resolve(open);
      };
      const fail = (): void => {
        reject(new Error('no answer'));
      };
      readings.push({ come, fail });
    });
  return { opened, closed, readings, read };
}

/** What a connection is given. */
function handlers() {
  const ends: string[] = [];
  const given: WireHandlers = { opened: () => undefined, event: () => undefined, closed: ({ code }) => ends.push(code) };
  return { ends, given };
}

test('the library is read before a wire is wanted, once, and opens the wires that are', async () => {
  const { opened, closed, readings, read } = library();
  const open = lateWire(read);
  expect(readings).toHaveLength(1);
  const wire = open(at, handlers().given);
  readings[0]?.come();
  await turn();
  open(at, handlers().given);
  await turn();
  wire.emit('ping', {}, () => undefined);
  wire.close();
  expect([opened.length, readings.length, closed]).toEqual([2, 1, ['emitted ping', 'closed']]);
});

test('a wire that was closed before the library came is never opened', async () => {
  const { opened, readings, read } = library();
  const { ends, given } = handlers();
  lateWire(read)(at, given).close();
  readings[0]?.come();
  await turn();
  expect([opened, ends]).toEqual([[], []]);
});

test('a library that cannot be read is a lost connection, and is read again with the next wire', async () => {
  const { opened, readings, read } = library();
  const { ends, given } = handlers();
  const open = lateWire(read);
  open(at, given);
  readings[0]?.fail();
  await turn();
  expect([opened, ends]).toEqual([[], ['offline']]);
  open(at, given);
  readings[1]?.come();
  await turn();
  expect(opened).toHaveLength(1);
});
