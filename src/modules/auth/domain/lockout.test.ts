import fc from 'fast-check';
import { MemoryFailedLogins } from '../adapters/memory-failed-logins.ts';
import { type Guess, isNearOneOf, Lockout, type Standing, unguarded } from './lockout.ts';

const minute = 60_000;
let now = 0;
let lockout: Lockout;
beforeEach(() => {
  now = 0;
  lockout = new Lockout(new MemoryFailedLogins(), () => now);
});

const guess = (change: Partial<Guess> = {}): Guess => ({
  account: 'ana',
  address: '203.0.113.9',
  standing: { kind: 'stranger' },
  ...change,
});
const atHome = guess({ standing: { kind: 'device', id: 'the browser of ana' }, address: '198.51.100.4' });
/** Seconds to wait, or 0 when the guess was let through. */
async function waitFor(one: Guess): Promise<number> {
  try {
    await lockout.begin(one);
    return 0;
  } catch (error) {
    expect(error).toMatchObject({ code: 'locked_out' });
    return (error as { retryAfter: number }).retryAfter;
  }
}

describe('the lockout', () => {
  test('lets six guesses through and doubles the wait with each further one, up to a quarter of an hour', async () => {
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(guess())).toBe(0);
    const waits = [];
    for (let turn = 0; turn < 12; turn++) {
      const wait = await waitFor(guess());
      waits.push(wait);
      now += wait * 1000;
      expect(await waitFor(guess())).toBe(0);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  test('forgets after an hour of rest', async () => {
    for (let turn = 0; turn < 6; turn++) await waitFor(guess());
    now += 60 * minute;
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(guess())).toBe(0);
  });

  test('forgets at once when the password was right', async () => {
    for (let turn = 0; turn < 5; turn++) await waitFor(guess());
    await (await lockout.begin(guess())).succeeded();
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(guess())).toBe(0);
  });

  test('does not count what was never looked at', async () => {
    for (let turn = 0; turn < 100; turn++) await (await lockout.begin(guess())).abandoned();
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(guess())).toBe(0);
  });

  test('does not let one’s own right password wash a network’s guesses away', async () => {
    for (let turn = 0; turn < 50; turn++) {
      await waitFor(guess({ account: `victim${String(turn)}` }));
      await (await lockout.begin(guess({ account: 'mine' }))).succeeded();
    }
    expect(await waitFor(guess({ account: 'one more' }))).toBe(0);
    expect(await waitFor(guess({ account: 'yet another' }))).toBeGreaterThan(0);
  });

  test('sees guesses at one account from many networks', async () => {
    for (let turn = 0; turn < 31; turn++) expect(await waitFor(guess({ address: `203.0.113.${String(turn)}` }))).toBe(0);
    expect(await waitFor(guess({ address: '203.0.113.77' }))).toBeGreaterThan(0);
    expect(await waitFor(guess({ address: '203.0.113.77', account: 'ben' }))).toBe(0);
  });

  test('takes the addresses of one IPv6 network for one', async () => {
    for (let turn = 0; turn < 6; turn++) await waitFor(guess({ address: `2001:db8:0:1::${String(turn)}` }));
    expect(await waitFor(guess({ address: '2001:db8:0:1::beef' }))).toBeGreaterThan(0);
    expect(await waitFor(guess({ address: '2001:db8:0:2::beef' }))).toBe(0);
  });

  test('judges a device the account knows by its own failures alone', async () => {
    for (let turn = 0; turn < 200; turn++) await waitFor(guess({ address: `198.51.100.${String(turn % 50)}` }));
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(atHome)).toBe(0);
    expect(await waitFor(atHome)).toBeGreaterThan(0);
  });

  test('judges a network the account knows by what comes from it alone', async () => {
    const office = guess({ standing: { kind: 'network' }, address: '198.51.100.4' });
    for (let turn = 0; turn < 100; turn++) await waitFor(guess({ address: `203.0.113.${String(turn)}` }));
    for (let turn = 0; turn < 6; turn++) expect(await waitFor(office)).toBe(0);
    expect(await waitFor(office)).toBeGreaterThan(0);
  });

  test('bounds what one network guesses at accounts that know it', async () => {
    const looked = [];
    for (let name = 0; name < 200; name++)
      looked.push(await waitFor(guess({ account: `n${String(name)}`, standing: { kind: 'network' } })));
    expect(looked.filter((wait) => wait === 0)).toHaveLength(51);
  });

  test('never lets strangers or colleagues, whatever they try, hold off a device that the account knows', async () => {
    const others = fc.array(
      fc.record({
        account: fc.constantFrom('ana', 'ben'),
        address: fc.constantFrom('198.51.100.4', '203.0.113.9', '2001:db8::1'),
        standing: fc.constantFrom<Standing>({ kind: 'stranger' }, { kind: 'network' }, { kind: 'device', id: 'the browser of ben' }),
        waitMs: fc.nat(5000),
      }),
      { maxLength: 300 },
    );
    await fc.assert(
      fc.asyncProperty(others, async (guesses) => {
        lockout = new Lockout(new MemoryFailedLogins(), () => now);
        for (const { waitMs, ...one } of guesses) {
          now += waitMs;
          await waitFor(guess(one));
        }
        expect(await waitFor(atHome)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  test('that is off holds nobody', async () => {
    for (let turn = 0; turn < 100; turn++) await expect(unguarded.begin()).resolves.toBeDefined();
  });
});

test('an address is near one of its own network', () => {
  expect(isNearOneOf(['192.0.2.1', '2001:db8:0:1::7'], '2001:db8:0:1::9')).toBe(true);
  expect(isNearOneOf(['192.0.2.1', '2001:db8:0:1::7'], '2001:db8:0:2::7')).toBe(false);
  expect(isNearOneOf(['192.0.2.1'], '192.0.2.2')).toBe(false);
  expect(isNearOneOf([], '192.0.2.1')).toBe(false);
});

test('a network that stands for many people has more failures in common, an account does not', async () => {
  const failsOf = async (scale: number, account: (n: number) => string): Promise<number> => {
    const scaled = new Lockout(
      new MemoryFailedLogins(),
      () => now,
      () => scale,
    );
    for (let n = 0; ; n++) {
      const refused = await scaled.begin(guess({ account: account(n) })).then(
        () => false,
        () => true,
      );
      if (refused) return n;
    }
  };
  const another = (n: number): string => `account ${String(n)}`;
  expect([await failsOf(1, another), await failsOf(4, another)]).toEqual([51, 201]);
  expect([await failsOf(1, () => 'ana'), await failsOf(4, () => 'ana')]).toEqual([6, 6]);
});
