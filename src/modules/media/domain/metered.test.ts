import { createHash } from 'node:crypto';
import { Metered, peeked } from './metered.ts';

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const part of bytes) all.push(part);
  return Buffer.concat(all).toString();
}

test('bytes go through as they are, counted and digested', async () => {
  const metered = new Metered(parts('abc', 'de'), 5);
  expect(await read(metered)).toBe('abcde');
  expect([metered.size, metered.digest()]).toEqual([5, createHash('sha256').update('abcde').digest('hex')]);
});

test('one byte more than may be ends them', async () => {
  await expect(read(new Metered(parts('abc', 'def'), 5))).rejects.toMatchObject({ code: 'payload_too_large' });
});

test('the beginning is seen, and nothing is lost by it', async () => {
  const { head, whole } = await peeked(parts('ab', 'cd', 'ef'), 3);
  expect(Buffer.from(head).toString()).toBe('abcd');
  expect(await read(whole)).toBe('abcdef');
  const short = await peeked(parts('a'), 100);
  expect([Buffer.from(short.head).toString(), await read(short.whole)]).toEqual(['a', 'a']);
  expect(await read((await peeked(parts(), 100)).whole)).toBe('');
});
