import type { Play } from '../play.ts';
import { Reader } from './reader.ts';
import { hanText, latinText, longest } from './texts.ts';
import { writeAll } from './writers.ts';

const readers = 7;
const messages = 110;
const patienceMs = 60_000;

/** One person spends the whole budget of messages at once on the longest texts there are, in a room of seven who read. */
export const longBurst: Play = {
  name: 'long-burst',
  summary: '110 messages of 16,000 letters at once, half of them three bytes a letter, to seven members who read',
  run: async (stage) => {
    const [writer, ...accounts] = await stage.people(1 + readers);
    const conversationId = await stage.group(writer!, accounts);
    const crowd = accounts.map((account) => new Reader(`http://127.0.0.1:${String(stage.port)}`, account));
    await Promise.all(crowd.map((reader) => reader.signIn()));
    await Promise.all(crowd.map((reader) => reader.until(reader.isOnline, patienceMs)));
    for (const reader of crowd) reader.losses = 0;
    const since = performance.now();
    const texts = Array.from({ length: messages }, (_, index) => (index % 2 === 0 ? latinText(longest) : hanText(longest)));
    await writeAll(stage.port, writer!, { conversationId, texts });
    const waits = await Promise.all(crowd.map((reader) => reader.until(() => reader.received >= messages, patienceMs)));
    const lastMs = performance.now() - since;
    await Promise.all(crowd.map((reader) => reader.client.stop()));
    const losses = crowd.filter((reader) => reader.losses > 0).length;
    const behind = waits.filter((wait) => wait === null).length;
    return {
      figures: { 'the last reader has all after': `${(lastMs / 1000).toFixed(1)} s`, 'readers cut': String(losses) },
      faults: [
        ...(losses > 0 ? [`${String(losses)} of ${String(readers)} members who read were cut`] : []),
        ...(behind > 0 ? [`${String(behind)} of ${String(readers)} members lacked messages after a minute`] : []),
        ...crowd.flatMap(({ twice }) => (twice > 0 ? [`${String(twice)} messages came twice`] : [])),
      ],
    };
  },
};
