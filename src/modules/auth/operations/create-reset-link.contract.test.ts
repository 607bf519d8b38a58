import { createResetLink } from '../../../contracts/auth/passwords.ts';
import { newId } from '../../../kernel/ids.ts';
import { type AuthBench, openAuthBench, publicUrl } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
});
afterAll(() => bench.stop());

describe('auth.createResetLink', () => {
  test('makes a link of the team’s own origin that holds for an hour, its token where no server logs it', async () => {
    const owner = await bench.owner();
    const { user } = await bench.person('ana');
    const link = await bench.call(createResetLink, { userId: user.id }, owner);
    expect(link).toEqual({ url: expect.stringMatching(/^https:\/\/chat\.example\.org\/reset#[\w-]{43}$/) as unknown, expiresIn: 3600 });
    expect(link.url.startsWith(publicUrl)).toBe(true);
    expect(JSON.stringify(bench.log)).not.toContain(link.url.split('#')[1]);
  });

  test('gives no admin the account of an owner or another admin', async () => {
    const owner = await bench.owner();
    const [adam, alma] = [await bench.person('adam', 'admin'), await bench.person('alma', 'admin')];
    for (const { user } of [owner, alma])
      await expect(bench.call(createResetLink, { userId: user.id }, adam)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bench.call(createResetLink, { userId: newId() }, owner)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('lets the server’s own command line reset anyone', async () => {
    const { user } = await bench.owner();
    await expect(bench.call(createResetLink, { userId: user.id }, { transport: 'cli', actor: null })).resolves.toMatchObject({
      expiresIn: 3600,
    });
  });
});
