import { wholeAnswer } from '../../../../../../test/harness/whole-answer.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { queryOf } from '../../../domain/terms.ts';
import type { ChatStore, FoundMessages, MessageQuery } from '../../../ports.ts';
import { asEdit } from './changes.ts';
import { type Begin, opened, said } from './store-under-test.ts';

const lettersAtMost = 16_000;
/** Letters of which hardly two are the same: each pair of them is another term. */
const manyLetters = (seed: number): string =>
  Array.from({ length: lettersAtMost }, (_, index) =>
    String.fromCharCode(0x4e00 + ((index * 7_919 + seed * 104_729 + index * index * 31) % 20_000)),
  ).join('');
const manyWords = (seed: number): string =>
  Array.from({ length: 2_300 }, (_, index) => (index * 65_537 + seed).toString(36))
    .join(' ')
    .slice(0, lettersAtMost);

/** What no text and no query may do to a search. */
export function searchBoundsSuite(begin: Begin): void {
  let store: ChatStore;
  let ana: string;
  let id: string;
  const search = (q: string, more: Partial<MessageQuery> = {}): Promise<FoundMessages> =>
    wholeAnswer(() => store.index.search(ana, { ...queryOf(q), limit: 50, ...more }));
  const textsOf = async (q: string, more: Partial<MessageQuery> = {}): Promise<string[]> =>
    (await search(q, more)).messages.map(({ text }) => text.slice(0, 40));
  beforeEach(async () => {
    store = begin().open();
    ana = newId();
    id = await opened(store, ana);
  });

  test('long texts of which no two letters or words are the same keep nothing else from being found', async () => {
    const other = await opened(store, ana);
    await said(store, other, ana, { text: 'the giraffe before' });
    for (let seed = 0; seed < 6; seed++) {
      await said(store, id, ana, { text: manyLetters(seed) });
      await said(store, id, ana, { text: manyWords(seed) });
    }
    await said(store, other, ana, { text: 'the giraffe after' });
    for (let round = 0; round < 2; round++) {
      expect(await textsOf('giraffes')).toEqual(['the giraffe after', 'the giraffe before']);
      await store.index.catchUp();
    }
  });

  test('the end of a text that has more terms than an index takes is found too', async () => {
    const [letters, words] = [manyLetters(1), manyWords(1)];
    await said(store, id, ana, { text: letters });
    await said(store, id, ana, { text: words });
    const lastWord = words.split(' ').at(-2) ?? '';
    for (let round = 0; round < 2; round++) {
      expect(await textsOf(letters.slice(-4))).toEqual([letters.slice(0, 40)]);
      expect(await textsOf(lastWord)).toEqual([words.slice(0, 40)]);
      await store.index.catchUp();
    }
  });

  test.each([
    ['signs alone', '!?… --- ***'],
    ['one letter, 200 times', '的'.repeat(200)],
    [
      'a hundred short beginnings',
      Array.from({ length: 66 }, (_, index) => String.fromCharCode(97 + (index % 26), 97 + (index % 7))).join(' '),
    ],
    ['the commonest words', 'the of and to in и в не на что'],
    ['emoji', '👍🏽 👩‍👩‍👧 🇩🇪'],
    ['a quote that does not end', '"the of'],
    ['quotes in quotes', '"""«"„“" the'],
    ['signs of a pattern', '% _ \\ .* [a-z]+ $1'],
  ])('a query of %s is answered', async (_, q) => {
    for (let n = 0; n < 30; n++) await said(store, id, ana, { text: `the of and to in, и в не на что ${String(n)} 的的的 👍🏽` });
    for (let round = 0; round < 2; round++) {
      const { messages } = await search(q);
      expect(messages.length).toBeLessThanOrEqual(50);
      await store.index.catchUp();
    }
  });

  test('phrases are found wherever they lie, and words apart are no phrase', async () => {
    for (let n = 0; n < 20; n++) await said(store, id, ana, { text: `good evening and a morning ${String(n)}` });
    await said(store, id, ana, { text: 'well: Good  morning' });
    await said(store, id, ana, { text: 'a good morning, all' });
    for (let round = 0; round < 2; round++) {
      expect(await textsOf('"good morning"')).toEqual(['a good morning, all', 'well: Good  morning']);
      expect(await textsOf('"good mor"')).toEqual(['a good morning, all', 'well: Good  morning']);
      expect(await textsOf('"a morning 7"')).toEqual(['good evening and a morning 7']);
      await store.index.catchUp();
    }
  });

  test('pages join without gap or repeat while people write, edit and the index goes on', async () => {
    const wanted: string[] = [];
    for (let n = 0; n < 30; n++) {
      wanted.unshift((await said(store, id, ana, { text: `zebra ${String(n)}` })).id);
      if (n === 14) await store.index.catchUp();
    }
    const read: string[] = [];
    for (let beforeId: string | null | undefined; beforeId !== null;) {
      const { messages, continuesBefore } = await search('zebra', { limit: 7, beforeId });
      read.push(...messages.map((one) => one.id));
      beforeId = continuesBefore;
      const fresh = await said(store, id, ana, { text: 'zebra fresh' });
      await store.messages.change(fresh, ana, () => asEdit({ text: 'zebra anew', mentions: [] }));
      if (read.length === 14) await store.index.catchUp();
    }
    expect(read).toEqual(wanted);
  });
}
