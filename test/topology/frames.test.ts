import { readFileSync } from 'node:fs';
import { HostileFrames, type Shot } from '../harness/hostile-frames.ts';
import { ServerProcess } from '../harness/process.ts';
import { RawSocket } from '../harness/raw-socket.ts';
import { Team } from '../harness/team.ts';

/** `CONFAB_FUZZ_FRAMES=100000 CONFAB_FUZZ_SEED=7 npm test -- test/topology/frames` plays a longer run. */
const frames = Number(process.env['CONFAB_FUZZ_FRAMES'] ?? 40_000);
const seed = Number(process.env['CONFAB_FUZZ_SEED'] ?? 42);
const perConnection = 200;
const atOnce = 4;
const ackWithinMs = 20_000;
const growthKb = 150_000;

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.create({ CONFAB_LOG_LEVEL: 'warn', CONFAB_LOG_FORMAT: 'json' });
  await server.start();
}, 120_000);
afterAll(() => server.remove());

const residentKb = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(server.serverPid)}/status`, 'utf8'))?.[1]);

test(
  `of ${String(frames)} frames every command gets one ack, a bystander gets nothing, and the server stays as it was`,
  async () => {
    const team = await Team.create([server.url], server.dataDir);
    const [ana, boris] = await team.actors('ana', 'boris');
    const own = await ana.opens('group', []);
    const foreign = await boris.opens('group', []);
    const message = await boris.posts(foreign.id, 'not for you');
    const bystander = await RawSocket.open(server.url, boris.session.accessToken);
    const hostile = new HostileFrames(seed, [own.id, foreign.id, message.id]);

    let sent = 0;
    let warmKb = 0;
    while (sent < frames) {
      const played = await Promise.all(Array.from({ length: atOnce }, () => play(hostile, ana.session.accessToken)));
      sent += played.reduce((sum, each) => sum + each, 0);
      if (warmKb === 0 && sent > frames / 4) warmKb = residentKb();
    }

    // The devices that stayed connected receive what is theirs, and only that.
    await boris.posts(foreign.id, 'still here');
    await bystander.answered([], 0);
    expect(bystander.isOpen).toBe(true);
    expect(bystander.events.filter((text) => !isTheirs(text, foreign.id))).toEqual([]);
    expect(server.output.split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(residentKb() - warmKb).toBeLessThan(growthKb);
    bystander.end();
    await team.leaves();
  },
  60_000 + frames * 10,
);

/** One connection: commands and oddities, all acks, then something that may end it. Answers how many frames it sent. */
async function play(hostile: HostileFrames, token: string): Promise<number> {
  const socket = await RawSocket.open(server.url, token);
  const shots: Shot[] = Array.from({ length: perConnection }, (_, n) => (n % 5 === 4 ? hostile.oddity() : hostile.command()));
  for (const { frames: parts } of shots) for (const part of parts) socket.send(part);
  const ids = shots.flatMap(({ ackId }) => ackId ?? []);
  await socket.answered(ids, ackWithinMs);
  expect(ids.filter((id) => socket.acks.get(id) !== 1)).toEqual([]);
  expect(socket.faults).toEqual([]);
  const last = hostile.violation();
  for (const part of last.frames) socket.send(part);
  // Either it is ended for that, or it still answers.
  const { ackId, frames: again } = hostile.command();
  for (const part of again) socket.send(part);
  await socket.answered(ackId === undefined ? [] : [ackId], 1_000).catch(() => undefined);
  socket.end();
  return shots.length + 2;
}

/** Their own message, and what everybody in the team receives. */
const isTheirs = (text: string, conversationId: string): boolean =>
  (text.startsWith('42["message:created"') || text.startsWith('42["conversation:heads"') || text.startsWith('42["read:updated"')) &&
  text.includes(conversationId);
