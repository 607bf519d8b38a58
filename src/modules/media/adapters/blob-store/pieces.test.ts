import { pieces } from './pieces.ts';

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

test.each([
  [[], []],
  [['ab', 'c'], ['abc']],
  [['abcd'], ['abc', 'd']],
  [
    ['ab', 'cdefgh', 'i'],
    ['abc', 'def', 'ghi'],
  ],
])('%j in pieces of three are %j', async (given, expected) => {
  const all: string[] = [];
  for await (const piece of pieces(parts(...given), 3)) all.push(piece.toString());
  expect(all).toEqual(expected);
});
