import { disableUser, listAccounts } from '../../../contracts/auth/operations.ts';
import { type AuthBench, openAuthBench } from '../auth-bench.ts';

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
