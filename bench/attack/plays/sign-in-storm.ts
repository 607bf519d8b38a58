import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, password } from '../../rig/api.ts';
import { median, percentile } from '../../rig/statistics.ts';
import { complaintsOf, figureOf, Others } from '../others.ts';
import type { Play } from '../play.ts';
import type { Stage } from '../stage.ts';

const stormMs = 15_000;
const attackers = 60;
const newcomers = 15;
const signedInWithinMs = 5_000;

interface Storm {
  readonly waits: readonly number[];
  readonly refused: number;
  readonly registered: number;
  readonly guesses: number;
}

/** Sixty guess at once, half from addresses of one IPv6 network, half from anywhere; others sign in and fifteen sign up behind one address. */
export const signInStorm: Play = {
  name: 'sign-in-storm',
  summary: '60 guessers at once from one IPv6 /64 and from random networks; people sign in, and 15 sign up behind one address',
  run: async (stage) => {
    const others = await Others.join(stage);
    const { felt, result } = await others.during(() => storm(stage));
    others.leave();
    const slowestMs = percentile(result.waits, 0.95);
    return {
      figures: {
        'rightful sign-ins p50/p95': `${median(result.waits).toFixed(0)} / ${slowestMs.toFixed(0)} ms of ${String(result.waits.length)}`,
        'signed up behind one address': `${String(result.registered)} of ${String(newcomers)}`,
        guesses: String(result.guesses),
        'others p50/p95/max': figureOf(felt),
      },
      faults: [
        ...(result.refused > 0 ? [`${String(result.refused)} rightful sign-ins were refused`] : []),
        ...(slowestMs > signedInWithinMs ? [`a rightful sign-in waited ${slowestMs.toFixed(0)} ms (p95)`] : []),
        ...(result.registered < newcomers
          ? [`only ${String(result.registered)} of ${String(newcomers)} could sign up behind one address`]
          : []),
        ...complaintsOf(felt),
      ],
    };
  },
};

async function storm(stage: Stage): Promise<Storm> {
  const rightful = await stage.people(1);
  const state = { isOver: false, guesses: 0 };
  const guessing = Array.from({ length: attackers }, (_, index) => guess(stage, index, state));
  const signingUp = signUp(stage);
  const waits: number[] = [];
  let refused = 0;
  const since = performance.now();
  while (performance.now() - since < stormMs) {
    const body = { login: rightful[0]!.username, password };
    const { status, ms } = await ask(stage.port, { method: 'POST', path: '/auth/login', body, address: '198.51.97.7' });
    waits.push(ms);
    if (status !== 200) refused++;
    await sleep(1_500);
  }
  const registered = await signingUp;
  state.isOver = true;
  await Promise.all(guessing);
  return { waits, refused, registered, guesses: state.guesses };
}

async function guess(stage: Stage, index: number, state: { isOver: boolean; guesses: number }): Promise<void> {
  while (!state.isOver) {
    const body = { login: `person${String(randomInt(40))}`, password: randomBytes(9).toString('base64') };
    await ask(stage.port, { method: 'POST', path: '/auth/login', body, address: index % 2 === 0 ? oneNetwork() : anyNetwork() });
    state.guesses++;
    await sleep(20);
  }
}

async function signUp(stage: Stage): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: newcomers }, (_, index) => {
      const username = `newcomer${String(index)}x${randomBytes(3).toString('hex')}`;
      const body = { email: `${username}@example.org`, username, displayName: username, password };
      return register(stage, body);
    }),
  );
  return answers.filter((status) => status === 201).length;
}

/** Tries again when the server says that it is busy, as the page does. */
async function register(stage: Stage, body: object): Promise<number> {
  const giveUpAt = performance.now() + stormMs;
  for (;;) {
    const { status } = await ask(stage.port, { method: 'POST', path: '/auth/register', body, address: '198.51.96.1' });
    if (status !== 503 || performance.now() > giveUpAt) return status;
    await sleep(1_000);
  }
}

const group = (): string => randomInt(0x10000).toString(16);
const oneNetwork = (): string => `2001:db8:1:1:${group()}:${group()}:${group()}:${group()}`;
const anyNetwork = (): string => `2001:db8:${group()}:${group()}::1`;
