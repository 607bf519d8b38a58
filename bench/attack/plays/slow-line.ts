import { eachOf } from '../../rig/api.ts';
import type { Outcome, Play } from '../play.ts';
import type { Stage } from '../stage.ts';
import { ThinLine } from '../thin-line.ts';
import { Reader } from './reader.ts';
import { latinText, longest } from './texts.ts';
import { writeAll } from './writers.ts';

const bytesPerSecond = 128 * 1024;
const rooms = 10;
const missedInEach = 120;
const longGroups = 30;
const patienceMs = 90_000;

/** Somebody is away while ten rooms go on, and comes back over a line of 128 KB/s; another is put into thirty groups with a long message in each. */
export const slowLine: Play = {
  name: 'slow-line',
  summary: 'catching up over 128 KB/s: 1,200 missed messages, and a first sign-in to 30 groups with a message of 16,000 letters each',
  run: async (stage) => {
    const line = await ThinLine.to(stage.port, bytesPerSecond);
    try {
      const missed = await catchUp(stage, line);
      const first = await firstSignIn(stage, line);
      return { figures: { ...missed.figures, ...first.figures }, faults: [...missed.faults, ...first.faults] };
    } finally {
      await line.close();
    }
  },
};

async function catchUp(stage: Stage, line: ThinLine): Promise<Outcome> {
  const [away, ...writers] = await stage.people(1 + rooms);
  const groups = await eachOf(rooms, 4, (index) => stage.group(writers[index]!, [away!]));
  const reader = new Reader(line.url, away!);
  await reader.signIn();
  await reader.until(() => reader.isOnline() && reader.client.conversations.get().length >= rooms, patienceMs);
  await reader.client.stop();
  const texts = Array.from({ length: missedInEach }, () => latinText(800));
  await eachOf(rooms, 4, (index) => writeAll(stage.port, writers[index]!, { conversationId: groups[index]!, texts }));
  const cutsBefore = line.cuts;
  reader.losses = 0;
  await reader.client.start();
  const total = rooms * missedInEach;
  const ms = await reader.until(() => reader.isOnline() && reader.received >= total, patienceMs);
  await reader.client.stop();
  return {
    figures: { 'missed messages read after': seconds(ms), 'cut meanwhile': String(line.cuts - cutsBefore) },
    faults: [
      ...(ms === null
        ? [`after ${seconds(patienceMs)} only ${String(reader.received)} of ${String(total)} missed messages were read`]
        : []),
      ...(line.cuts > cutsBefore ? [`a client that reads was cut ${String(line.cuts - cutsBefore)} times`] : []),
      ...(reader.twice > 0 ? [`${String(reader.twice)} messages came twice`] : []),
    ],
  };
}

async function firstSignIn(stage: Stage, line: ThinLine): Promise<Outcome> {
  const [newcomer, ...colleagues] = await stage.people(3);
  await Promise.all(
    colleagues.map(async (colleague) => {
      for (let number = 0; number < longGroups / 2; number++) {
        const conversationId = await stage.group(colleague, [newcomer!]);
        await writeAll(stage.port, colleague, { conversationId, texts: [latinText(longest)] });
      }
    }),
  );
  const cutsBefore = line.cuts;
  const reader = new Reader(line.url, newcomer!);
  const since = performance.now();
  await reader.signIn();
  const ms = await reader.until(() => reader.isOnline() && reader.client.conversations.get().length >= longGroups, patienceMs);
  const took = ms === null ? null : performance.now() - since;
  await reader.client.stop();
  return {
    figures: { 'first sign-in online after': seconds(took) },
    faults: [
      ...(took === null ? ['a first sign-in with thirty long last messages never came online'] : []),
      ...(line.cuts > cutsBefore ? [`a client that signs in for the first time was cut ${String(line.cuts - cutsBefore)} times`] : []),
    ],
  };
}

const seconds = (ms: number | null): string => (ms === null ? 'never' : `${(ms / 1000).toFixed(1)} s`);
