import fc from 'fast-check';
import { createUser } from '../../../contracts/auth/accounts.ts';
import { refresh } from '../../../contracts/auth/sessions.ts';
import { type AuthBench, openAuthBench, password } from '../auth.fixture.ts';

let bench: AuthBench;
beforeAll(async () => {
  bench = await openAuthBench();
  await bench.owner();
  await bench.call(createUser, { email: 'ana@example.org', username: 'ana', password });
});
afterAll(() => bench.stop());

const trade = async (refreshToken: string): Promise<string | null> => {
  try {
    return (await bench.call(refresh, { refreshToken })).refreshToken ?? null;
  } catch {
    return null;
  }
};

/** One browser with one jar of cookies. */
class Owner {
  jar: string;
  isSignedIn = true;
  /** Times the jar's token was one that came by an earlier renewal of this jar. */
  steps = 0;
  #presented = '';

  constructor(jar: string) {
    this.jar = jar;
  }

  /** `tabs` ask at once; of their replies that one arrives last, or none does. */
  async renew(tabs: number, last: number | null): Promise<void> {
    if (this.jar !== this.#presented) this.steps++;
    this.#presented = this.jar;
    const replies = await Promise.all(Array.from({ length: tabs }, () => trade(this.jar)));
    this.isSignedIn &&= replies.every((reply) => reply !== null);
    const arrived = last === null ? null : replies[last % tabs];
    if (arrived) this.jar = arrived;
  }
}

/** Holds a copy of a token, and everything that it made of it. */
class Thief {
  readonly held: string[];
  isIn = true;
  steps = 0;

  constructor(copy: string) {
    this.held = [copy];
  }

  /** Presents its newest token, or an older one. */
  async renew(back: number): Promise<void> {
    const at = Math.max(0, this.held.length - 1 - back);
    const reply = await trade(this.held[at] ?? '');
    if (reply === null) this.isIn = false;
    else {
      if (at === this.held.length - 1) this.steps++;
      this.held.push(reply);
    }
  }
}

const renewal = fc.record({ tabs: fc.integer({ min: 1, max: 2 }), last: fc.option(fc.integer({ min: 0, max: 1 })) });
const signIn = async (): Promise<string> => (await bench.signIn('ana')).signedIn.refreshToken ?? '';

test('the owner alone stays signed in, however many replies are lost and however its tabs race', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(renewal, { minLength: 1, maxLength: 10 }), async (renewals) => {
      const owner = new Owner(await signIn());
      for (const { tabs, last } of renewals) await owner.renew(tabs, last);
      expect(owner.isSignedIn).toBe(true);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('in no order do the owner and a copy both go on past a second renewal', async () => {
  const step = fc.oneof(
    renewal.map((one) => ({ by: 'owner' as const, ...one })),
    fc.record({ by: fc.constant('thief' as const), back: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.array(step, { minLength: 4, maxLength: 14 }), async (before, steps) => {
      const owner = new Owner(await signIn());
      for (let turn = 0; turn < before; turn++) await owner.renew(1, 0);
      owner.steps = 0;
      const thief = new Thief(owner.jar);
      for (const one of steps) await (one.by === 'owner' ? owner.renew(one.tabs, one.last) : thief.renew(one.back));
      // Whoever is refused found the copy out: the session of both is over.
      if (!owner.isSignedIn || !thief.isIn) expect([await trade(owner.jar), await trade(thief.held.at(-1) ?? '')]).toEqual([null, null]);
      else expect(Math.min(owner.steps, thief.steps)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60 },
  );
}, 60_000);
