import { Portions } from './portions.ts';

async function* parts(...all: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const one of all) {
    if (one instanceof Error) throw one;
    yield await Promise.resolve(Buffer.from(one));
  }
}

async function cut(portions: Portions): Promise<string[]> {
  const all: string[] = [];
  while (await portions.hasMore()) {
    let text = '';
    for await (const bytes of portions.portion()) text += Buffer.from(bytes).toString();
    all.push(text);
  }
  return all;
}

test('bytes are cut where a portion has enough, and none is empty', async () => {
  expect(await cut(new Portions(parts('ab', '', 'cd', 'e', 'fgh', 'i'), 3))).toEqual(['abcd', 'efgh', 'i']);
  expect(await cut(new Portions(parts('abc'), 3))).toEqual(['abc']);
  expect(await cut(new Portions(parts(''), 3))).toEqual([]);
});

test('a source that fails ends the portion that was begun, and says why', async () => {
  const portions = new Portions(parts('ab', 'cd', 'ef', new Error('cut off')), 4);
  expect(await cut(portions)).toEqual(['abcd', 'ef']);
  expect(portions.failure).toEqual({ error: new Error('cut off') });
});
