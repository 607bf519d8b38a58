import { disableUser, listUsers, updateMe } from '../../../contracts/auth/accounts.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, type Person } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());
let member: Person;
beforeAll(async () => {
  const owner = await bench.owner();
  member = await bench.person('zoe');
  let number = 0;
  for (const name of ['Émile', 'Анна', 'ben', 'Ben', 'İpek', '100% sure', 'under_score', 'Пётр Волков', 'Ana López', 'Mary O’Brien']) {
    const person = await bench.person(`p${String(++number)}`);
    await bench.call(updateMe, { displayName: name }, person);
  }
  await bench.call(disableUser, { userId: (await bench.person('gone')).user.id }, owner);
});
const names = async (input: object, by = member) => (await bench.call(listUsers, input, by)).items.map(({ displayName }) => displayName);

describe('auth.listUsers', () => {
  test('lists everyone who can sign in, page by page, none twice and none left out', async () => {
    const all = await names({ limit: 200 });
    expect(all).toHaveLength(12);
    expect(all).not.toContain('gone');
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await bench.call(listUsers, { limit: 2, cursor }, member);
      paged.push(...page.items.map(({ displayName }) => displayName));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(paged).toEqual(all);
  });

  test.each([
    ['be', ['ben', 'Ben']],
    ['БЕН', []],
    ['анн', ['Анна']],
    ['ÉMILE', ['Émile']],
    ['emile', ['Émile']],
    ['IPEK', ['İpek']],
    ['петр', ['Пётр Волков']],
    ['волков', ['Пётр Волков']],
    ['lopez', ['Ana López']],
    ["o'brien", ['Mary O’Brien']],
    ['１００', ['100% sure']],
    ['100%', ['100% sure']],
    ['%', ['100% sure']],
    ['_', ['under_score']],
    ["' OR 1=1 --", []],
    ['\\', []],
  ])('finds by a part of a name: %s', async (query, found) => {
    expect((await names({ query })).sort()).toEqual([...found].sort());
  });

  test('shows addresses to admins, and everyone their own', async () => {
    const { items } = await bench.call(listUsers, { limit: 200 }, member);
    expect(items.filter(({ email }) => email !== undefined).map(({ id }) => id)).toEqual([member.user.id]);
    const seen = (await bench.call(listUsers, { limit: 200 }, await bench.owner())).items;
    expect(seen.every(({ email }) => email !== undefined)).toBe(true);
  });

  test('lists for a guest those whom the gateway names, and nothing of the others by query or cursor', async () => {
    const [gus, dan, eve] = [await bench.person('gus', 'guest'), await bench.person('dan'), await bench.person('eve')];
    const seen = async (input: object, people?: string[]) =>
      (await bench.call(listUsers, input, { actor: gus.actor, ...(people ? { people } : {}) })).items.map(({ username }) => username);
    expect(await seen({}, [dan.user.id])).toEqual(['dan', 'gus']);
    expect(await seen({ query: 'eve' }, [dan.user.id])).toEqual([]);
    expect(await seen({})).toEqual(['gus']);
    expect(await seen({ cursor: dan.user.id }, [dan.user.id])).toEqual(['gus']);
    // Where somebody hidden stands in the list would show that they are there.
    expect(await seen({ cursor: eve.user.id }, [dan.user.id])).toEqual(await seen({ cursor: newId() }, [dan.user.id]));
  });

  test('finds nobody by an address', async () => {
    expect(await names({ query: 'example.org' })).toEqual([]);
  });

  test('refuses a cursor that is none, and gives nothing after one of nobody', async () => {
    await expect(bench.call(listUsers, { cursor: 'forged' }, member)).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.call(listUsers, { cursor: newId() }, member)).toEqual({ items: [], nextCursor: null });
  });
});
