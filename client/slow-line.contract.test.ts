import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApp, type TestApp } from '../test/harness/app.ts';
import { account, password, Team } from '../test/harness/team.ts';
import { api, type Client, type ConnectionState, connect, createClient } from './index.ts';
import { becomes } from './test-becomes.ts';
import { Proxy } from './test-proxy.ts';

let app: TestApp;
let team: Team;
let proxy: Proxy;
const clients: Client[] = [];
let people = 0;

beforeAll(async () => {
  app = await openTestApp();
  team = await Team.create([app.url], app.config.dataDir);
  proxy = await Proxy.to(app.url);
});
afterEach(async () => {
  proxy.mend();
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});
afterAll(async () => {
  await team.leaves();
  await proxy.close();
  await app.close();
});

const is = (client: Client, wanted: ConnectionState['status']) => becomes(client.connection, ({ status }) => status === wanted);

async function newcomer(url = app.url): Promise<{ client: Client; id: string; login: string }> {
  const login = `person${String(++people)}`;
  const client = createClient({ url });
  clients.push(client);
  const { id } = await client.register(account(login));
  await is(client, 'online');
  return { client, id, login };
}

const open = async (by: Client, memberIds: string[]): Promise<string> =>
  (await by.call(api.chat.createConversation, { kind: 'group', name: 'Room', memberIds })).id;
const say = (by: Client, id: string, text: string) => by.conversation(id).send({ text }).acked;
const times = <T>(count: number, make: (index: number) => T): Promise<Awaited<T>[]> =>
  Promise.all(Array.from({ length: count }, (_unused, index) => make(index)));

/** Resolves when everything that was missed has arrived. */
async function allArrived(client: Client, expected: ReadonlyMap<string, number>): Promise<Map<string, number[]>> {
  const arrivedSeqs = new Map([...expected.keys()].map((id) => [id, [] as number[]]));
  await new Promise<void>((resolve) => {
    client.on('message', ({ conversationId, seq }) => {
      arrivedSeqs.get(conversationId)?.push(seq);
      if ([...expected].every(([id, count]) => arrivedSeqs.get(id)?.length === count)) resolve();
    });
  });
  return arrivedSeqs;
}

/** Ana is away while Ben writes so many messages into each of so many rooms. */
async function missed({ rooms, messages, text }: { rooms: number; messages: number; text: string }) {
  const ana = await newcomer(proxy.url);
  const ben = await newcomer();
  const ids = await times(rooms, () => open(ben.client, [ana.id]));
  await becomes(ana.client.conversations, (list) => list.filter(({ id }) => ids.includes(id)).length === rooms);
  proxy.cut();
  await is(ana.client, 'offline');
  for (const id of ids) await times(messages, () => say(ben.client, id, text));
  return { ana, ben, ids, arrived: allArrived(ana.client, new Map(ids.map((id) => [id, messages]))) };
}

const inOrder = (count: number) => Array.from({ length: count }, (_unused, index) => index + 1);

describe('a client on a slow line', () => {
  it.each([
    { rooms: 10, messages: 60, text: 'x'.repeat(800) },
    { rooms: 1, messages: 500, text: 'y'.repeat(600) },
    { rooms: 1, messages: 40, text: '語'.repeat(16_000) },
  ])('catches up without being cut: $rooms rooms with $messages messages', async ({ rooms, messages, text }) => {
    const { ana, arrived } = await missed({ rooms, messages, text });
    const states: string[] = [];
    ana.client.connection.subscribe(() => states.push(ana.client.connection.get().status));
    proxy.mend();
    proxy.throttle(1_500_000);
    const arrivedSeqs = await arrived;
    for (const seqs of arrivedSeqs.values()) expect(seqs).toEqual(inOrder(messages));
    expect(states.filter((status) => status === 'online')).toHaveLength(1);
    expect(states.at(-1)).toBe('online');
  });

  it('signs in anew although many conversations end in long messages', async () => {
    const ana = await newcomer();
    const ben = await newcomer();
    const ids = await times(300, () => open(ben.client, [ana.id]));
    await times(300, (index) => say(ben.client, ids[index]!, '"\n'.repeat(500)));
    proxy.throttle(200_000);
    const again = await connect({ url: proxy.url, login: ana.login, password });
    clients.push(again);
    const first = again.conversations.get().length;
    expect(first).toBeGreaterThan(50);
    expect(first).toBeLessThan(300);
    expect([again.conversationsLoaded.get(), again.conversationsComplete.get()]).toEqual([true, false]);
    await becomes(again.conversationsComplete, (isComplete) => isComplete);
    expect(again.conversations.get().filter(({ id }) => ids.includes(id))).toHaveLength(300);
    expect(again.connection.get().status).toBe('online');
  });
});

describe('a line on which the server goes silent', () => {
  it('is said to be stalled within five seconds, although it stands, and no more once the server answers', async () => {
    const { client } = await newcomer(proxy.url);
    const id = await open(client, []);
    await becomes(client.conversations, (list) => list.some((one) => one.id === id));
    proxy.deafen();
    const at = Date.now();
    const { acked } = client.conversation(id).send({ text: 'into the silence' });
    await becomes(client.isStalled, (isStalled) => isStalled);
    expect(Date.now() - at).toBeLessThan(5_000);
    expect(client.connection.get().status).toBe('online');
    proxy.mend();
    await acked;
    expect(client.isStalled.get()).toBe(false);
  });

  it('is not said to be stalled while it drains at 128 KB a second', async () => {
    const { ana, arrived } = await missed({ rooms: 1, messages: 18, text: '語'.repeat(16_000) });
    const alarms: boolean[] = [];
    ana.client.isStalled.subscribe(() => alarms.push(ana.client.isStalled.get()));
    proxy.mend();
    proxy.throttle(131_072);
    await arrived;
    expect(alarms).toEqual([]);
  });
});

describe('a line that breaks again and again', () => {
  it('brings everything all the same, each message once, while others go on writing', async () => {
    const { ana, ben, ids } = await missed({ rooms: 3, messages: 25, text: '語'.repeat(4_000) });
    const [first = ''] = ids;
    const arrived = allArrived(ana.client, new Map(ids.map((id) => [id, id === first ? 45 : 25])));
    proxy.mend();
    proxy.breakAfter(400_000);
    await becomes(ana.client.connection, ({ status }) => status === 'syncing');
    await times(20, () => say(ben.client, first, 'live'));
    const arrivedSeqs = await arrived;
    for (const [id, seqs] of arrivedSeqs) expect(seqs).toEqual(inOrder(id === first ? 45 : 25));
  });
});
