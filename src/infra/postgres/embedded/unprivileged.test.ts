import { commandPrefix } from './unprivileged.ts';

describe('who PostgreSQL runs as', () => {
  test('an ordinary user runs it directly', async () => {
    expect(await commandPrefix(1000)).toEqual([]);
  });

  test('root runs it as an ordinary user of a namespace of its own', async () => {
    expect(await commandPrefix(0, ['env'])).toEqual(['env']);
  });

  test.each([['false'], ['no-such-program']])('where that is refused (%s) the error names both ways out', async (program) => {
    await expect(commandPrefix(0, [program])).rejects.toThrow(/ordinary user that owns its data directory, or set DATABASE_URL/);
  });
});
