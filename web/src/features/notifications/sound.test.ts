import { expect, test } from '@jest/globals';
import { playSound } from './sound.ts';

/** An audio context whose tones end as soon as they begin. */
class ContextOfTest {
  readonly currentTime = 5;
  readonly destination = {};
  readonly played: { hertz: number; from: number; to: number }[] = [];
  isClosed = false;

  constructor(readonly state: AudioContextState) {}

  createGain() {
    const gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
    return { gain, connect: () => {} };
  }

  createOscillator() {
    const frequency = { value: 0 };
    let from = 0;
    return {
      frequency,
      connect: (gain: object) => gain,
      start: (at: number) => void (from = at),
      stop: (at: number) => void this.played.push({ hertz: frequency.value, from, to: at }),
      addEventListener: (_name: string, ended: () => void) => ended(),
    };
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

const played = async (state: AudioContextState) => {
  const context = new ContextOfTest(state);
  await playSound(() => context as unknown as AudioContext);
  return context;
};

test('a notification sounds as two short tones, the second one higher', async () => {
  const { played: tones, isClosed } = await played('running');
  expect(tones.map(({ hertz, from }) => [hertz, from])).toEqual([
    [660, 5],
    [880, 5.09],
  ]);
  expect(tones.every(({ from, to }) => to - from < 0.2)).toBe(true);
  expect(isClosed).toBe(true);
});

test('a page that nobody has pressed anything in stays silent, and keeps nothing open', async () => {
  const { played: tones, isClosed } = await played('suspended');
  expect([tones, isClosed]).toEqual([[], true]);
});
