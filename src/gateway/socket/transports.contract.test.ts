import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { openTestApp, type TestApp } from '../../../test/harness/app.ts';
import { type Actor, Team } from '../../../test/harness/team.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import type { Message } from '../../contracts/chat/messages.ts';

let app: TestApp;
let team: Team;
const opened: Socket[] = [];

beforeAll(async () => {
  app = await openTestApp();
  team = await Team.create([app.url], app.config.dataDir);
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await team.leaves();
  await app.close();
});

/** What a socket saw, in the order it saw it: `ack 3`, `event 3`. */
interface Watched {
  readonly socket: Socket;
  readonly seen: string[];
}

type Transports = readonly ('polling' | 'websocket')[];

async function watched(actor: Actor, transports: Transports): Promise<Watched> {
  const socket = io(app.url, {
    auth: { token: actor.session.accessToken },
    transports: [...transports],
    upgrade: transports.length > 1,
    reconnection: false,
    forceNew: true,
  });
  opened.push(socket);
  const seen: string[] = [];
  socket.on('message:created', ({ message }: { message: Message }) => seen.push(`event ${String(message.seq)}`));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, seen };
}

/** Sends without waiting for the ack before it; settles when all are acked. */
async function streams({ socket, seen }: Watched, conversationId: string, texts: readonly string[]): Promise<void> {
  await Promise.all(
    texts.map(async (text) => {
      const command = { conversationId, clientMessageId: randomUUID(), text };
      const ack = (await socket.timeout(20_000).emitWithAck('message:send', command)) as { ok: boolean; data: { seq: number } };
      seen.push(ack.ok ? `ack ${String(ack.data.seq)}` : 'refused');
    }),
  );
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const of = (kind: 'ack' | 'event', { seen }: Watched): number[] =>
  seen.filter((line) => line.startsWith(kind)).map((line) => Number(line.slice(kind.length + 1)));
const transportOf = ({ socket }: Watched): string => socket.io.engine.transport.name;

let scenes = 0;

async function conversation(): Promise<{ ana: Actor; boris: Actor; id: string; start: number }> {
  const scene = team.scene(`t${String(++scenes)}`);
  const [ana, boris] = await scene.actors('ana', 'boris');
  const { id, lastSeq } = await ana.opens('group', [boris]);
  return { ana, boris, id, start: lastSeq + 1 };
}

async function expectWhole(sockets: readonly Watched[], from: number, to: number): Promise<void> {
  await eventually(() => {
    for (const one of sockets) expect(of('event', one)).toEqual(range(from, to));
  }, 20_000);
}

test.each<[string, Transports, Transports]>([
  ['who sends and who listens both poll', ['polling'], ['polling']],
  ['who sends polls', ['polling'], ['websocket']],
  ['who listens polls', ['websocket'], ['polling']],
  ['neither polls', ['websocket'], ['websocket']],
])('where %s, every message is acked once and seen once, in order', async (_who, sending, listening) => {
  const { ana, boris, id, start } = await conversation();
  const [sender, listener] = [await watched(ana, sending), await watched(boris, listening)];
  await streams(sender, id, range(1, 120).map(String));
  expect(of('ack', sender)).toEqual(range(start, start + 119));
  await expectWhole([sender, listener], start, start + 119);
  expect([transportOf(sender), transportOf(listener)]).toEqual([sending[0], listening[0]]);
});

test('a socket that upgrades in the midst of a stream loses, doubles and reorders nothing', async () => {
  const { ana, boris, id, start } = await conversation();
  const source = await watched(ana, ['websocket']);
  const texts = range(1, 30).map(String);
  let sent = 0;
  for (let round = 0; round < 5; round++) {
    const [sender, listener] = await Promise.all([watched(ana, ['polling', 'websocket']), watched(boris, ['polling', 'websocket'])]);
    const first = start + sent;
    const upgraded = Promise.all([sender, listener].map(({ socket }) => upgradeOf(socket)));
    // While they probe and change over, both get what the other socket sends, and one of them sends itself.
    const change: { isDone: boolean } = { isDone: false };
    void upgraded.then(() => (change.isDone = true));
    const begun = [streams(sender, id, texts), streams(source, id, texts)];
    sent += 60;
    while (!change.isDone) {
      await streams(source, id, ['more']);
      sent++;
    }
    begun.push(streams(sender, id, texts));
    sent += 30;
    await Promise.all(begun);
    const last = start + sent - 1;
    await expectWhole([sender, listener], first, last);
    expect(of('ack', sender)).toEqual(of('ack', sender).toSorted((a, b) => a - b));
    expect(of('ack', sender)).toHaveLength(60);
    expect([transportOf(sender), transportOf(listener)]).toEqual(['websocket', 'websocket']);
    for (const { socket } of [sender, listener]) socket.disconnect();
  }
  await expectWhole([source], start, start + sent - 1);
}, 60_000);

const upgradeOf = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.io.engine.transport.name === 'websocket') resolve();
    else
      socket.io.engine.once('upgrade', () => {
        resolve();
      });
  });
