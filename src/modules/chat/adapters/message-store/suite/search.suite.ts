import fc from 'fast-check';
import { wholeAnswer } from '../../../../../../test/harness/whole-answer.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { matches } from '../../../domain/matching.ts';
import { queryOf } from '../../../domain/terms.ts';
import { type ChatStore, type MessageQuery } from '../../../ports.ts';
import { anAttachment } from '../../../chat.fixture.ts';
import { asDeletion, asEdit, asExpiry, asJoining, asLeaving, asReactions } from './changes.ts';
import { type Begin, opened, said } from './store-under-test.ts';

const pieces = [
  ...['café', 'Ёлка', 'review', 'встречи', 'don’t', 'user_name', 'Санкт‑Петербург', '会議室', 'ana@example.org', 'x.org/y_z', 'one', 'мир'],
  ...['_', '**', '~~', '||', '`', '"', '«', '»', '#', '> ', '- ', '[', '](https://x.org/q)', '\\', '\n', '\u00a0', '\u00ad', ' ', ' ', ' '],
];

export function searchSuite(begin: Begin): void {
  const texts = [
    'Сообщение о встречах',
    'The meeting was moved',
    'mail ana@example.org about it',
    'a well-known e-mail trick',
    'shipping #release today',
    'это #релиз-кандидат, всё готово',
    '明日の会議は中止です',
    'снова "Доброе утро, коллеги" сказал',
    'version 1.2.3 of C++ at https://example.org/docs/page',
    '100% sure_thing',
    'ЁЛКА зелёная',
    `${'\u{20000}'.repeat(45)}最後に会議室`,
  ];
  const finds = (q: string): Partial<MessageQuery> => queryOf(q);
  const all = { limit: 50 };

  let store: ChatStore;
  let ana: string;
  let id: string;
  const found = async (userId: string, query: Partial<MessageQuery>): Promise<string[]> =>
    (await wholeAnswer(() => store.index.search(userId, { groups: [], literals: [], ...all, ...query }))).messages.map(({ text }) => text);
  beforeEach(async () => {
    store = begin().open();
    ana = newId();
    id = await opened(store, ana);
    for (const text of texts) await said(store, id, ana, { text });
  });

  test('finds words in any form, beginnings, addresses, hyphens, hashtags, phrases and scripts without spaces', async () => {
    const expected: [string, number[]][] = [
      ['сообщения', [0]],
      ['встреча', [0]],
      ['meetings', [1]],
      ['mee', [1]],
      ['ana@example.org', [2]],
      ['example.org', [8, 2]],
      ['e-mail', [3]],
      ['well-known', [3]],
      ['#release', [4]],
      ['#релиз', [5]],
      ['все готово', [5]],
      ['会議', [11, 6]],
      ['会議室', [11]],
      ['会議 中止', [6]],
      ['中止', [6]],
      ['会中', []],
      ['"доброе утро"', [7]],
      ['«утро доброе»', []],
      ['1.2.3', [8]],
      ['sure_thing', [9]],
      ['елка', [10]],
      ['ёлки', [10]],
      ['nothing here', []],
    ];
    const asExpected = expected.map(([q, indexes]) => [q, indexes.map((index) => texts[index])]);
    const asFound = async () => Promise.all(expected.map(async ([q]) => [q, await found(ana, finds(q))]));
    expect(await asFound()).toEqual(asExpected);
    await store.index.catchUp();
    expect(await asFound()).toEqual(asExpected);
  });

  test.each([
    ['please _review_ the plan', ['review', '"review the plan"', 'reviews', '_review_']],
    ['the **release** ~~notes~~', ['"release notes"', 'note', '**release**']],
    ['> quoted `code_word`\n- item one', ['quoted', 'code_word', 'word', '"item one"']],
    ['see [the docs](https://wiki.example.org/guides/start)', ['docs', '"the docs"', 'wiki.example.org', 'guides']],
    ['||a secret||', ['secret', '"a secret"']],
    ['Санкт‑Петербург', ['санкт-петербург', '"санкт-петербург"', 'петербурге', 'Санкт—Петербурге']],
    ['don’t worry', ["don't", '"don\'t worry"', 'don’t', 'worries']],
    ['user_name of ana@example.org', ['user_name', 'name', '"user_name"', 'example.org', 'ana@example.org']],
    ['Café Noir, Ana López', ['cafe', '"cafe noir"', 'CAFÉ', 'lopez']],
    ['две\nстроки и\u00a0пробел', ['"две строки"', '"и пробел"']],
    ['co\u00adoperate ＡＢＣ', ['cooperate', 'abc', '"cooperate abc"']],
    ['Straße ΟΔΟΣ', ['strasse', 'οδός', '"STRASSE οδος"']],
    ['сказал «Доброе утро»', ['"доброе утро"', '„утро“']],
  ])('what a reader sees of “%s” is found', async (text, queries) => {
    await said(store, id, ana, { text });
    for (let round = 0; round < 2; round++) {
      for (const q of queries) expect([q, await found(ana, finds(q))]).toEqual([q, expect.arrayContaining([text])]);
      await store.index.catchUp();
    }
  });

  test('й is not и, and marks alone are found by nothing', async () => {
    await said(store, id, ana, { text: 'чайка' });
    expect([await found(ana, finds('чаика')), await found(ana, finds('"чаика"')), await found(ana, finds('___'))]).toEqual([[], [], []]);
  });

  test('random texts are found by exactly those random queries that they meet, in every store', async () => {
    const random = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join(''));
    const typed = fc.sample(random, { seed: 26, numRuns: 120 }).filter((text) => text.trim() !== '');
    for (const text of typed) await said(store, id, ana, { text });
    const all = [...texts, ...typed];
    for (let round = 0; round < 2; round++) {
      for (const q of fc.sample(random, { seed: 27, numRuns: 60 })) {
        const query = queryOf(q);
        const expected = query.groups.length === 0 ? [] : all.filter((text) => matches(text, query));
        expect([q, await found(ana, { ...query, limit: 500 })]).toEqual([q, expected.reverse()]);
      }
      await store.index.catchUp();
    }
  });

  test('nothing in a query is taken for more than text', async () => {
    for (const q of [`o'clock \\ & | ! :* ()`, `'; DROP TABLE x; --`, '"%"', '"100% sure"', '\\', '"a_b"', '.*', '$where'])
      await expect(found(ana, finds(q))).resolves.toBeDefined();
    expect(await found(ana, finds('"100% sure"'))).toEqual([texts[9]]);
    expect(await found(ana, finds('"100_ sure"'))).toEqual([]);
    expect(await found(ana, finds('!!!'))).toEqual([]);
  });

  test('only what one may read now is found', async () => {
    const boris = newId();
    expect(await found(boris, finds('meeting'))).toEqual([]);
    await store.members.change(id, () => asJoining({ userId: boris, role: 'member' }));
    expect(await found(boris, finds('meeting'))).toEqual([texts[1]]);
    await store.members.change(id, () => asLeaving(boris));
    expect(await found(boris, finds('meeting'))).toEqual([]);
  });

  test('an edited message is found by its new words, a deleted one by none', async () => {
    const sent = await said(store, id, ana, { text: 'giraffe' });
    expect(await found(ana, finds('giraffe'))).toEqual(['giraffe']);
    await store.messages.change(sent, ana, () => asEdit({ text: 'elephant', mentions: [] }));
    expect([await found(ana, finds('giraffe')), await found(ana, finds('elephants'))]).toEqual([[], ['elephant']]);
    await store.messages.change(sent, ana, asDeletion);
    expect(await found(ana, finds('elephant'))).toEqual([]);
  });

  test('so it is with one that the index knows as it was', async () => {
    const [edited, deleted] = [await said(store, id, ana, { text: 'giraffe one' }), await said(store, id, ana, { text: 'giraffe two' })];
    await store.index.catchUp();
    await store.messages.change(edited, ana, () => asEdit({ text: 'elephant', mentions: [] }));
    await store.messages.change(deleted, ana, asDeletion);
    for (let round = 0; round < 2; round++) {
      expect([await found(ana, finds('giraffe')), await found(ana, finds('elephants'))]).toEqual([[], ['elephant']]);
      await store.index.catchUp();
    }
    await store.messages.change(edited, ana, () => asEdit({ text: 'giraffe again', mentions: [] }));
    expect(await found(ana, finds('giraffe'))).toEqual(['giraffe again']);
  });

  test('everything is found at once, however much was said since the last query and in however many places', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => opened(store, ana)));
    await Promise.all(ids.map((one, index) => said(store, one, ana, { text: `zebra ${String(index)}` })));
    const busy = await opened(store, ana);
    await Promise.all(Array.from({ length: 300 }, (_, index) => said(store, busy, ana, { text: `zebra ${String(index)}` })));
    const [one, other] = await Promise.all([
      found(ana, { ...finds('zebra'), limit: 1_000 }),
      found(ana, { ...finds('zebras'), limit: 1_000 }),
    ]);
    expect([one.length, other.length]).toEqual([420, 420]);
  });

  test('filters narrow it, and pages run from newest to oldest', async () => {
    const boris = newId();
    await store.members.change(id, () => asJoining({ userId: boris, role: 'member' }));
    const other = await opened(store, ana);
    const early = await said(store, id, ana, { text: 'common early https://example.org', createdAt: '2026-01-01T00:00:00.000Z' });
    const late = await said(store, id, boris, { text: 'common late', mentions: [ana] });
    const there = await said(store, other, ana, { text: 'common there' });
    await store.messages.change(late, ana, () => asReactions([{ emoji: '👍', userIds: [ana] }]));
    const common = finds('common');
    for (let round = 0; round < 2; round++) {
      expect(await found(ana, common)).toEqual([there.text, late.text, early.text]);
      expect(await found(ana, { ...common, conversationId: id })).toEqual([late.text, early.text]);
      expect(await found(ana, { ...common, senderId: boris })).toEqual([late.text]);
      expect(await found(ana, { ...common, before: '2026-01-15T00:00:00.000Z' })).toEqual([early.text]);
      expect(await found(ana, { ...common, before: '0000-01-01T00:00:00.000Z' })).toEqual([]);
      expect(await found(ana, { ...common, after: '2026-01-15T00:00:00.000Z' })).toEqual([there.text, late.text]);
      expect(await found(ana, { ...common, has: 'link' })).toEqual([early.text]);
      expect(await found(ana, { ...common, has: 'mention' })).toEqual([late.text]);
      expect(await found(ana, { ...common, has: 'reaction' })).toEqual([late.text]);
      expect(await found(ana, { ...common, limit: 1, beforeId: there.id })).toEqual([late.text]);
      await store.index.catchUp();
    }
    expect(await found(ana, { ...common, conversationId: newId() })).toEqual([]);
  });

  test('files are found by their names and kinds, also beside a text, until the message or its file is gone', async () => {
    const picture = await said(store, id, ana, { text: 'from the trip', attachments: [anAttachment('Каникулы.png', 'image/png')] });
    const report = await said(store, id, ana, { text: '', attachments: [anAttachment('annual report.pdf', 'application/pdf')] });
    const sound = await said(store, id, ana, { text: 'listen to the trip', attachments: [anAttachment('a.ogg', 'audio/ogg')] });
    for (let round = 0; round < 2; round++) {
      expect(await found(ana, finds('каникулы'))).toEqual([picture.text]);
      expect(await found(ana, finds('report'))).toEqual([report.text]);
      expect(await found(ana, finds('"annual report.pdf"'))).toEqual([report.text]);
      expect(await found(ana, { ...finds('trip'), has: 'file' })).toEqual([sound.text, picture.text]);
      expect(await found(ana, { ...finds('trip'), has: 'image' })).toEqual([picture.text]);
      expect(await found(ana, { ...finds('trip'), has: 'audio' })).toEqual([sound.text]);
      expect(await found(ana, { ...finds('trip'), has: 'video' })).toEqual([]);
      await store.index.catchUp();
    }
    await store.messages.change(report, ana, () => asDeletion());
    await store.messages.change(picture, ana, asExpiry);
    for (let round = 0; round < 2; round++) {
      expect(await found(ana, finds('report'))).toEqual([]);
      expect(await found(ana, finds('каникулы'))).toEqual([]);
      expect(await found(ana, finds('trip'))).toEqual([sound.text, picture.text]);
      expect(await found(ana, { ...finds('trip'), has: 'file' })).toEqual([sound.text]);
      expect(await found(ana, { ...finds('trip'), has: 'image' })).toEqual([]);
      await store.index.catchUp();
    }
  });
}
