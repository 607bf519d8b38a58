import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../test/harness/api.ts';
import { openTestApp, type TestApp } from '../test/harness/app.ts';
import { account, password, Team } from '../test/harness/team.ts';
import { api, type Client, type ConversationHandle, createClient, connect, type Message } from './index.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
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

const online = (client: Client) => becomes(client.connection, ({ status }) => status === 'online');
const texts = (handle: ConversationHandle) => handle.timeline.get().messages.map(({ text }) => text);
const shows = (handle: ConversationHandle, ...wanted: readonly string[]) =>
  becomes(handle.timeline, () => wanted.join() === texts(handle).slice(-wanted.length).join());

async function newcomer(url = app.url): Promise<{ client: Client; id: string; login: string }> {
  const login = `person${String(++people)}`;
  const client = createClient({ url });
  clients.push(client);
  const { id } = await client.register(account(login));
  await online(client);
  return { client, id, login };
}

async function talk(urlOfFirst = app.url) {
  const ana = await newcomer(urlOfFirst);
  const ben = await newcomer();
  const atAna = await ana.client.openDirect(ben.id);
  await becomes(ben.client.conversations, (list) => list.some(({ id }) => id === atAna.id));
  const atBen = ben.client.conversation(atAna.id);
  await Promise.all([atAna.openLatest(), atBen.openLatest()]);
  return { ana, ben, atAna, atBen };
}

describe('two people', () => {
  it('write to each other, and both see one log', async () => {
    const { ben, atAna, atBen } = await talk();
    const received: Message[] = [];
    ben.client.on('message', (message) => received.push(message));
    const first = await atAna.send({ text: 'hello' }).acked;
    await shows(atBen, 'hello');
    await atBen.send({ text: 'hello back' }).acked;
    await shows(atAna, 'hello', 'hello back');
    expect(first.seq).toBe(1);
    expect(received.map(({ text }) => text)).toEqual(['hello']);
    expect(atAna.timeline.get()).toMatchObject({ pending: [], hasOlder: false, hasNewer: false, loading: false, loaded: true });
    expect(atAna.timeline.get().messages).toEqual(atBen.timeline.get().messages);
  });

  it('see a message as pending until it is in the log, never absent and never twice', async () => {
    const { atAna } = await talk();
    const seen: string[] = [];
    atAna.timeline.subscribe(() => {
      const { messages, pending } = atAna.timeline.get();
      seen.push([...messages.map(({ text }) => text), ...pending.map(({ text }) => text)].join('|'));
    });
    const sent = atAna.send({ text: 'one' });
    expect(atAna.timeline.get().pending).toMatchObject([{ clientMessageId: sent.clientMessageId, text: 'one' }]);
    await sent.acked;
    await becomes(atAna.timeline, ({ pending, messages }) => pending.length === 0 && messages.length === 1);
    expect(new Set(seen)).toEqual(new Set(['one']));
  });

  it('edit, react and delete, and the other sees it', async () => {
    const { ana, atAna, atBen } = await talk();
    const { id } = await atAna.send({ text: 'frist' }).acked;
    await shows(atBen, 'frist');
    await atAna.edit(id, 'first');
    await shows(atBen, 'first');
    await atBen.toggleReaction(id, '👍');
    await becomes(atAna.timeline, ({ messages }) => messages[0]?.reactions.length === 1);
    await atBen.toggleReaction(id, '👍');
    await becomes(atAna.timeline, ({ messages }) => messages[0]?.reactions.length === 0);
    await atAna.delete(id);
    await becomes(atBen.timeline, ({ messages }) => (messages[0]?.deletedAt ?? null) !== null);
    expect(texts(atBen)).toEqual(['']);
    expect(ana.client.conversations.get()[0]?.lastMessage?.deletedAt).not.toBeNull();
  });

  it('see each other type, read, and be there', async () => {
    const { ana, ben, atAna, atBen } = await talk();
    ana.client.watchPresence([ben.id]);
    await becomes(ana.client.presence, (presence) => presence.get(ben.id)?.status === 'online');
    atBen.setTyping(true);
    expect(await becomes(atAna.typing, (ids) => ids.length > 0)).toEqual([ben.id]);
    await atAna.send({ text: 'read me' }).acked;
    await becomes(atBen.conversation, (conversation) => conversation?.unread === 1);
    await atAna.loadMembers();
    atBen.markRead(1);
    expect(atBen.conversation.get()).toMatchObject({ unread: 0, lastReadSeq: 1 });
    await becomes(atAna.members, (members) => members.find(({ userId }) => userId === ben.id)?.lastReadSeq === 1);
    await ben.client.setPresence('dnd', 'busy');
    await becomes(ana.client.presence, (presence) => presence.get(ben.id)?.status === 'dnd');
  });

  it('learn who the other is', async () => {
    const { ana, ben } = await talk();
    const stranger = await newcomer();
    ana.client.requirePeople([ben.id, stranger.id]);
    const known = await becomes(ana.client.people, (byId) => byId.has(ben.id) && byId.has(stranger.id));
    expect(known.get(ben.id)?.username).toBe(ben.login);
  });
});

describe('a connection that breaks', () => {
  it('in the middle of sending loses nothing and doubles nothing', async () => {
    const { ana, atAna, atBen } = await talk(proxy.url);
    await atAna.send({ text: 'before' }).acked;
    proxy.deafen();
    const sent = ['a', 'b', 'c'].map((text) => atAna.send({ text }));
    // The server has the first one; its answer never comes.
    await shows(atBen, 'before', 'a');
    proxy.cut();
    await becomes(ana.client.connection, ({ status }) => status === 'offline');
    sent.push(atAna.send({ text: 'd' }));
    proxy.mend();
    const acked = await Promise.all(sent.map((message) => message.acked));
    expect(acked.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
    await shows(atBen, 'before', 'a', 'b', 'c', 'd');
    await shows(atAna, 'before', 'a', 'b', 'c', 'd');
    expect(ana.client.outbox.get()).toEqual([]);
  });

  it('is followed by everything that was missed, each message reported once', async () => {
    const { ana, ben, atAna, atBen } = await talk(proxy.url);
    const received: string[] = [];
    ana.client.on('message', ({ text }) => received.push(text));
    const first = await atBen.send({ text: 'seen' }).acked;
    await shows(atAna, 'seen');
    // Watched, as by a page: a window nobody looks at keeps only the newest part.
    atAna.timeline.subscribe(() => undefined);
    proxy.cut();
    await becomes(ana.client.connection, ({ status }) => status === 'offline');
    const missed = Array.from({ length: 230 }, (_unused, index) => `missed ${String(index)}`);
    await Promise.all(missed.map((text) => atBen.send({ text }).acked));
    await atBen.edit(first.id, 'seen, edited');
    const group = await ben.client.call(api.chat.createConversation, { kind: 'group', name: 'New', memberIds: [ana.id] });
    await ben.client.conversation(group.id).send({ text: 'while you were away' }).acked;
    const inGroup = new Promise((resolve) => {
      ana.client.on('message', ({ conversationId }) => {
        if (conversationId === group.id) resolve(conversationId);
      });
    });
    proxy.mend();
    await inGroup;
    await shows(atAna, ...missed.slice(-3));
    expect(texts(atAna)[0]).toBe('seen, edited');
    expect(received.filter((text) => text !== 'while you were away')).toEqual(['seen', ...missed]);
    expect(atAna.conversation.get()).toMatchObject({ lastSeq: 231, unread: 231 });
  });

  it('lets a conversation go that one was taken out of meanwhile', async () => {
    const { ana, ben } = await talk(proxy.url);
    const group = await ben.client.call(api.chat.createConversation, { kind: 'group', name: 'Short', memberIds: [ana.id] });
    await becomes(ana.client.conversations, (list) => list.some(({ id }) => id === group.id));
    proxy.cut();
    await becomes(ana.client.connection, ({ status }) => status === 'offline');
    await ben.client.call(api.chat.removeMember, { conversationId: group.id, userId: ana.id });
    const gone = new Promise((resolve) => ana.client.on('conversation-removed', resolve));
    proxy.mend();
    await expect(gone).resolves.toEqual({ conversationId: group.id });
    expect(ana.client.conversation(group.id).conversation.get()).toBeNull();
  });
});

describe('a window onto a long log', () => {
  it('opens anywhere and grows to both ends', async () => {
    const { ana, ben, atBen } = await talk();
    const all = Array.from({ length: 160 }, (_unused, index) => `m${String(index + 1)}`);
    await Promise.all(all.map((text) => atBen.send({ text }).acked));
    const other = createClient({ url: app.url });
    clients.push(other);
    await other.logIn({ login: ana.login, password });
    await online(other);
    const handle = other.conversation(atBen.id);
    await handle.openAt(80);
    expect(handle.timeline.get()).toMatchObject({ hasOlder: true, hasNewer: true, loaded: true });
    expect(texts(handle)).toContain('m80');
    while (handle.timeline.get().hasOlder) await handle.loadOlder();
    while (handle.timeline.get().hasNewer) await handle.loadNewer();
    expect(texts(handle)).toEqual(all);
    await ben.client.conversation(atBen.id).send({ text: 'live' }).acked;
    await shows(handle, 'm160', 'live');
  });
});

describe('a session', () => {
  it('that an admin ends is over at once, with its reason', async () => {
    const { client, id } = await newcomer();
    const revoked = new Promise((resolve) => client.on('revoked', resolve));
    await (await team.owner).api.ok('POST', `/admin/users/${id}/logout`);
    await expect(revoked).resolves.toEqual({ reason: 'admin' });
    expect(client.session.get()).toEqual({ status: 'signed-out', reason: 'revoked' });
    expect(client.connection.get().status).toBe('idle');
    await expect(client.call(api.auth.getMe, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('whose token was copied ends as used elsewhere, on a device that is connected', async () => {
    const tokens = new MemoryTokenStore();
    const client = createClient({ url: app.url, tokens });
    clients.push(client);
    await client.register(account('copied'));
    await online(client);
    const revoked = new Promise((resolve) => client.on('revoked', resolve));
    const stranger = new Api(app.url);
    const renew = (refreshToken: string | null) =>
      stranger.request<{ refreshToken: string }>('POST', '/auth/refresh', { refreshToken: refreshToken ?? '' });
    const copy = await tokens.read();
    await renew((await renew(copy)).body.refreshToken);
    expect((await renew(copy)).status).toBe(401);
    await expect(revoked).resolves.toEqual({ reason: 'token_reused' });
    expect(client.session.get()).toEqual({ status: 'signed-out', reason: 'used_elsewhere' });
  });

  it('is taken up again by a client that kept its token', async () => {
    let kept: string | null = null;
    const tokens = {
      read: () => Promise.resolve(kept),
      write: (token: string | null) => {
        kept = token;
        return Promise.resolve();
      },
    };
    const first = createClient({ url: app.url, tokens });
    clients.push(first);
    const user = await first.register(account('keeper'));
    await first.stop();
    const second = createClient({ url: app.url, tokens });
    clients.push(second);
    await second.start();
    expect(second.session.get()).toMatchObject({ status: 'signed-in', user: { id: user.id } });
    await online(second);
    await second.logOut();
    expect(second.session.get()).toEqual({ status: 'signed-out', reason: 'logged_out' });
    expect(kept).toBeNull();
  });

  it('is refused with the code of the contract', async () => {
    const client = createClient({ url: app.url });
    clients.push(client);
    await client.start();
    expect(client.session.get()).toEqual({ status: 'signed-out', reason: 'none' });
    await expect(client.logIn({ login: 'nobody', password })).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(connect({ url: app.url, login: 'nobody', password })).rejects.toMatchObject({ code: 'invalid_credentials' });
  });
});

describe('a device that changes hands', () => {
  it('shows and sends nothing of the former person', async () => {
    const { ana, atAna } = await talk(proxy.url);
    proxy.cut();
    await becomes(ana.client.connection, ({ status }) => status === 'offline');
    const unsent = atAna.send({ text: 'never sent' });
    proxy.mend();
    await ana.client.logOut().catch(() => ana.client.logOut());
    const other = account('successor');
    await ana.client.register(other);
    await online(ana.client);
    expect(ana.client.session.get()).toMatchObject({ status: 'signed-in', user: { username: 'successor' } });
    expect([...ana.client.people.get().keys()]).not.toContain(ana.id);
    expect(ana.client.outbox.get()).toEqual([]);
    expect(atAna.conversation.get()).toBeNull();
    expect(atAna.timeline.get()).toMatchObject({ messages: [], pending: [] });
    await expect(unsent.acked).rejects.toMatchObject({ code: 'client_closed' });
  });
});

describe('the ten-line bot', () => {
  it('answers who writes to it', async () => {
    const bot = await team.actor('echo');
    const program = spawn(process.execPath, ['--import', 'tsx', 'client/examples/echo-bot.ts'], {
      env: { ...process.env, NODE_OPTIONS: '', CONFAB_URL: app.url, CONFAB_LOGIN: bot.name, CONFAB_PASSWORD: password },
      stdio: 'inherit',
    });
    try {
      const { client } = await newcomer();
      client.watchPresence([bot.id]);
      await becomes(client.presence, (presence) => presence.get(bot.id)?.status === 'online');
      const handle = await client.openDirect(bot.id);
      await handle.openLatest();
      await handle.send({ text: 'hi' }).acked;
      await shows(handle, 'hi', 'You said: hi');
    } finally {
      program.kill();
    }
  });
});
