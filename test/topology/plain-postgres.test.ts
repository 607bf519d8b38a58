import { createPlainDatabase, type TestDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { type AppWithTeam, openAppWithTeam } from '../harness/app-with-team.ts';
import type { Actor } from '../harness/team.ts';

interface Named {
  readonly items: readonly { readonly displayName?: string; readonly name?: string; readonly text?: string }[];
}

describe('a PostgreSQL whose locale is C', () => {
  let database: TestDatabase;
  let opened: AppWithTeam;
  let anna: Actor;
  let boris: Actor;
  beforeAll(async () => {
    database = await createPlainDatabase();
    opened = await openAppWithTeam({ database });
    [anna, boris] = await opened.team.actors('anna', 'boris');
    await anna.api.ok('PATCH', '/users/me', { displayName: 'Анна Волкова' });
    await boris.api.ok('PATCH', '/users/me', { displayName: 'Émile Ёлкин' });
    const { id } = await anna.opens('channel', [], { name: 'Общий Чат', visibility: 'public' });
    for (const text of ['Привет МИР', 'CAFÉ _Noir_', 'ΟΔΟΣ']) await anna.posts(id, text);
  }, 60_000);
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  const found = async (path: string, query: string): Promise<(string | undefined)[]> => {
    const { items } = await anna.api.ok<Named>('GET', `${path}${encodeURIComponent(query)}`);
    return items.map((item) => item.displayName ?? item.name ?? item.text);
  };

  test('is really one: it does not know the case of Russian letters', async () => {
    expect(await database.database().query(`SELECT lower('Я') AS low`)).toEqual([{ low: 'Я' }]);
  });

  test.each([
    ['анна', ['Анна Волкова']],
    ['АННА', ['Анна Волкова']],
    ['волкова', ['Анна Волкова']],
    ['emile', ['Émile Ёлкин']],
    ['елкин', ['Émile Ёлкин']],
  ])('people are found by %s', async (query, names) => {
    expect(await found('/users?query=', query)).toEqual(names);
  });

  test.each([
    ['общий', ['Общий Чат']],
    ['ЧАТ', ['Общий Чат']],
  ])('channels are found by %s', async (query, names) => {
    expect(await found('/channels?query=', query)).toEqual(names);
  });

  test.each([
    ['"привет мир"', ['Привет МИР']],
    ['привет', ['Привет МИР']],
    ['"cafe noir"', ['CAFÉ _Noir_']],
    ['οδος', ['ΟΔΟΣ']],
  ])('messages are found by %s', async (query, texts) => {
    await eventually(async () => {
      expect(await found('/search/messages?q=', query)).toEqual(texts);
    });
  });

  test('people are listed in one order, whatever the locale', async () => {
    expect(await found('/users?query=', '')).toEqual(['Émile Ёлкин', 'olga', 'Анна Волкова']);
  });
});
