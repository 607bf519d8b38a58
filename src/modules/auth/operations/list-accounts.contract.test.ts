import { createUser, disableUser, listAccounts } from '../../../contracts/auth/accounts.ts';
import { type AuthBench, openAuthBench } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

test('auth.listAccounts shows closed accounts and addresses too, and finds by address', async () => {
  const owner = await bench.owner();
  const gone = await bench.person('gone');
  await bench.call(disableUser, { userId: gone.user.id }, owner);
  const { items, nextCursor } = await bench.call(listAccounts, {}, owner);
  expect(items).toMatchObject([
    { username: 'gone', active: false, email: 'gone@example.org' },
    { username: 'olga', active: true, email: 'olga@example.org' },
  ]);
  expect(nextCursor).toBeNull();
  expect((await bench.call(listAccounts, { query: 'GONE@example' }, owner)).items).toHaveLength(1);
  await expect(bench.call(listAccounts, { cursor: 'forged' }, owner)).rejects.toMatchObject({ code: 'not_found' });
});

describe('auth.listAccounts finds an address of a Unicode domain', () => {
  beforeAll(async () => {
    const address = (email: string, username: string) => bench.call(createUser, { email, username, role: 'member' });
    await address('ann@почта.рф', 'annp');
    await address('li@例子.公司', 'lip');
    await address('zoë@fußball.example', 'zoep');
    await address('eve@аррӏе.example', 'evep');
  });
  const found = async (query: string) =>
    (await bench.call(listAccounts, { query }, await bench.owner())).items.map(({ username }) => username);

  test.each([
    ['ann@почта.рф', 'annp'],
    ['ANN@ПОЧТА.РФ', 'annp'],
    ['ann@xn--80a1acny.xn--p1ai', 'annp'],
    ['@почта.рф', 'annp'],
    ['почта.рф', 'annp'],
    ['ann@поч', 'annp'],
    ['почта.', 'annp'],
    ['та.рф', 'annp'],
    ['ann＠почта．рф', 'annp'],
    ['ann@почта。рф', 'annp'],
    ['li@例子', 'lip'],
    ['zoë@FUSSBALL.example', 'zoep'],
    ['fußb', 'zoep'],
    ['zoe\u0308@fu', 'zoep'],
  ])('by %s', async (query, username) => {
    expect(await found(query)).toEqual([username]);
  });

  test('by what it shows, also where a label could be taken for another one and stays in A-labels', async () => {
    const { items } = await bench.call(listAccounts, {}, await bench.owner());
    const shown = Object.fromEntries(items.map(({ username, email }) => [username, email ?? '']));
    expect(shown).toMatchObject({
      annp: 'ann@почта.рф',
      lip: 'li@例子.公司',
      zoep: 'zoë@fußball.example',
      evep: 'eve@xn--80ak6aa92e.example',
    });
    for (const username of ['annp', 'lip', 'zoep', 'evep']) expect(await found(shown[username] ?? '')).toEqual([username]);
  });

  test('not by a part of a name that no address has', async () => {
    expect(await found('почтальон')).toEqual([]);
  });
});
