import { createHash, randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import { openTestApp, type TestApp } from '../../test/harness/app.ts';
import { account, Team } from '../../test/harness/team.ts';
import { type Client, type ConversationHandle, createClient, type UploadHandle, type UploadStore } from '../index.ts';
import { MemoryTokenStore } from '../memory-token-store.ts';
import { becomes } from '../test-becomes.ts';
import { Proxy } from '../test-proxy.ts';
import { IndexedDbUploadStore } from '../upload-store/indexed-db.ts';

let app: TestApp;
let team: Team;
let proxy: Proxy;
const clients: Client[] = [];
const servers: Server[] = [];
let people = 0;

beforeAll(async () => {
  app = await openTestApp();
  team = await Team.create([app.url], app.config.dataDir);
  proxy = await Proxy.to(app.url);
});
afterEach(async () => {
  proxy.mend();
  await Promise.all(clients.splice(0).map((client) => client.stop()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(async () => {
  await team.leaves();
  await proxy.close();
  await app.close();
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const is = (upload: UploadHandle, status: string) => becomes(upload.state, (state) => state.status === status);

async function talk(url = app.url, uploads?: UploadStore) {
  const tokens = new MemoryTokenStore();
  const client = createClient({ url, tokens, ...(uploads ? { uploads } : {}) });
  clients.push(client);
  await client.register(account(`uploader${String(++people)}`));
  const other = await (await team.owner).api.ok<{ id: string }>('GET', '/users/me');
  const handle = await client.openDirect(other.id);
  await handle.openLatest();
  return { client, handle, tokens };
}

const sentFiles = (handle: ConversationHandle) => handle.timeline.get().messages.flatMap(({ attachments }) => attachments);

describe('a file', () => {
  it('goes up in parts, says how far it is, and is sent with a message', async () => {
    const { client, handle } = await talk();
    const bytes = randomBytes(3_000_000);
    const upload = await handle.attach(new File([bytes], 'Отчёт & план.bin'));
    const seen = new Set<number>();
    upload.state.subscribe(() => seen.add(upload.state.get().sent));
    expect(handle.uploads.get()).toEqual([upload]);
    const attachment = await upload.attached;
    expect(attachment).toMatchObject({ name: 'Отчёт & план.bin', size: 3_000_000, sha256: digest(bytes) });
    expect(upload.state.get()).toMatchObject({ status: 'done', sent: 3_000_000, clientMessageId: null });
    expect(seen.size).toBeGreaterThan(3);
    await handle.send({ text: '', uploadIds: [upload.id] }).acked;
    await becomes(handle.timeline, () => sentFiles(handle).length === 1);
    await becomes(handle.uploads, (list) => list.length === 0);
    const down = await client.download(attachment.id);
    expect(digest(new Uint8Array(await down.arrayBuffer()))).toBe(digest(bytes));
    const beginning = await client.beginning(attachment.id, 10);
    expect(Buffer.from(await beginning.arrayBuffer()).equals(Buffer.from(bytes.subarray(0, 10)))).toBe(true);
  });

  it('that is small, or empty, goes in one request', async () => {
    const { handle } = await talk();
    const [small, empty] = [
      await handle.attach(new Blob(['abc'], { type: 'text/plain' }), { name: 'a.txt' }),
      await handle.attach(new Blob([])),
    ];
    expect(await small.attached).toMatchObject({ name: 'a.txt', size: 3, mimeType: 'text/plain' });
    expect(await empty.attached).toMatchObject({ name: 'file', size: 0 });
  });

  it('holds up its own message, and no text behind it', async () => {
    const { handle } = await talk();
    const upload = await handle.attach(new Blob([randomBytes(600_000)]));
    upload.pause();
    const withFile = handle.send({ text: 'with a file', uploadIds: [upload.id] });
    await handle.send({ text: 'text alone' }).acked;
    expect(handle.timeline.get().pending).toMatchObject([{ text: 'with a file', uploadIds: [upload.id] }]);
    expect(upload.state.get().clientMessageId).toBe(withFile.clientMessageId);
    upload.resume();
    await withFile.acked;
    await becomes(handle.timeline, ({ messages }) => messages.length === 2);
    expect(handle.timeline.get().messages.map(({ text, attachments }) => [text, attachments.length])).toEqual([
      ['text alone', 0],
      ['with a file', 1],
    ]);
  });

  it('goes on where it was when the connection is cut, again and again', async () => {
    const { handle } = await talk(proxy.url);
    const bytes = randomBytes(6_000_000);
    const upload = await handle.attach(new Blob([bytes]));
    for (const reached of [300_000, 1_500_000, 4_000_000]) {
      await becomes(upload.state, ({ sent }) => sent >= reached);
      proxy.cut();
      await is(upload, 'waiting');
      proxy.mend();
    }
    expect((await upload.attached).sha256).toBe(digest(bytes));
  }, 60_000);

  it('is paused and goes on, is cancelled and is gone', async () => {
    const { handle } = await talk();
    const bytes = randomBytes(2_000_000);
    const [upload, other] = [await handle.attach(new Blob([bytes])), await handle.attach(new Blob([bytes]))];
    await becomes(upload.state, ({ sent }) => sent > 0);
    upload.pause();
    expect(upload.state.get().status).toBe('paused');
    other.cancel();
    await expect(other.attached).rejects.toMatchObject({ code: 'client_closed' });
    expect(handle.uploads.get()).toEqual([upload]);
    upload.resume();
    expect((await upload.attached).sha256).toBe(digest(bytes));
  });

  it('that the server refuses has failed, and can be tried once more', async () => {
    const { handle } = await talk();
    const owner = await team.owner;
    await owner.api.ok('PATCH', '/admin/settings', { maxFileBytes: 1_000 });
    const upload = await handle.attach(new Blob([randomBytes(2_000)]));
    await is(upload, 'failed');
    expect(upload.state.get()).toMatchObject({ code: 'payload_too_large', attachment: null });
    await owner.api.ok('PATCH', '/admin/settings', { maxFileBytes: 2 ** 31 });
    upload.retry();
    expect(await upload.attached).toMatchObject({ size: 2_000 });
  });
});

describe('after a reload', () => {
  it('a file goes on where the server has it, and its message follows', async () => {
    const factory = new IDBFactory();
    const { client, handle, tokens } = await talk(app.url, new IndexedDbUploadStore(factory));
    const bytes = randomBytes(2_000_000);
    const upload = await handle.attach(new File([bytes], 'a.bin'));
    await becomes(upload.state, ({ sent }) => sent >= 256 * 1024);
    await client.stop();
    const again = createClient({ url: app.url, tokens, uploads: new IndexedDbUploadStore(factory) });
    clients.push(again);
    await again.start();
    const resumed = again.conversation(handle.id);
    await becomes(resumed.uploads, (list) => list.length === 1);
    const [kept] = resumed.uploads.get();
    expect(kept?.state.get()).toMatchObject({ name: 'a.bin', size: 2_000_000 });
    expect((await kept?.attached)?.sha256).toBe(digest(bytes));
    await resumed.openLatest();
    await resumed.send({ text: 'late', uploadIds: [kept?.id ?? ''] }).acked;
    await becomes(resumed.timeline, () => sentFiles(resumed).length === 1);
  });
});

describe('a proxy in front of the server', () => {
  /** Answers 413 to larger bodies, as nginx does. */
  async function limiting(bytes: number): Promise<string> {
    const { hostname, port } = new URL(app.url);
    const server = createServer((incoming, outgoing) => {
      if (Number(incoming.headers['content-length'] ?? 0) > bytes) {
        incoming.resume();
        outgoing.writeHead(413, { 'Content-Type': 'text/html' }).end('<h1>413 Request Entity Too Large</h1>');
        return;
      }
      const { method, headers, url: path } = incoming;
      const upstream = httpRequest({ hostname, port, path, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      upstream.on('error', () => outgoing.destroy());
      incoming.pipe(upstream);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  it('that takes small requests gets smaller ones, and the limit is said', async () => {
    const { handle } = await talk(await limiting(400_000));
    const bytes = randomBytes(3_000_000);
    const upload = await handle.attach(new Blob([bytes]));
    expect((await upload.attached).sha256).toBe(digest(bytes));
    expect(upload.state.get().proxyLimit).toBeLessThanOrEqual(400_000);
  });

  it('that takes next to nothing ends the upload with a reason', async () => {
    const { handle } = await talk(await limiting(20_000));
    const upload = await handle.attach(new Blob([randomBytes(300_000)]));
    await is(upload, 'failed');
    expect(upload.state.get().code).toBe('payload_too_large');
  });
});
