import fc from 'fast-check';
import { Signatures } from './signatures.ts';

const secret = 'Jg0Oi3TTrWcbPnZ3h8Xq2vEw9yLkR5sD1uA7fHmQxBc';
const sender = new Signatures(secret, 'node-1');
const receiver = new Signatures(secret, 'node-2');
const call = { kind: 'call', to: 'auth' } as const;

test('a message is known again with its text, its sender and its number, whatever it says', () => {
  let last = 0;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const message = receiver.verify(call, sender.sign(call, text));
      expect(message).toMatchObject({ from: 'node-1', text });
      expect(message?.number).toBeGreaterThan(last);
      last = message?.number ?? 0;
    }),
  );
});

test('any byte that was changed, added or taken away is noticed', () => {
  const content = sender.sign(call, '[{"id":1,"text":"ünïcode"}]');
  for (let at = 0; at < content.length; at++) {
    const changed = Buffer.from(content);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(receiver.verify(call, changed)).toBeNull();
    expect(receiver.verify(call, Buffer.concat([content.subarray(0, at), content.subarray(at + 1)]))).toBeNull();
  }
  expect(receiver.verify(call, Buffer.concat([content, Buffer.from(' ')]))).toBeNull();
  expect(receiver.verify(call, content)).not.toBeNull();
});

test('a message for one purpose is none for another, and none of another team', () => {
  const content = sender.sign(call, '[]');
  expect(receiver.verify({ kind: 'ingest', to: 'auth' }, content)).toBeNull();
  expect(receiver.verify({ kind: 'call', to: 'chat' }, content)).toBeNull();
  expect(new Signatures(`${secret}x`, 'node-1').verify(call, content)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['JSON', '[{"id":1,"operation":"auth.createUser"}]'],
  ['a version to come', `2 ${'A'.repeat(43)} node-1 1 1\n[]`],
  ['a signature of blanks', `1 ${' '.repeat(43)} node-1 1 1\n[]`],
  ['a signature of letters beyond ASCII', `1 ${'é'.repeat(43)} node-1 1 1\n[]`],
  ['a megabyte of brackets', '['.repeat(1_000_000)],
  ['a head without an end', `1 ${'A'.repeat(43)} ${'x'.repeat(100_000)}`],
])('%s is no message', (_name, text) => {
  expect(receiver.verify(call, Buffer.from(text))).toBeNull();
});
