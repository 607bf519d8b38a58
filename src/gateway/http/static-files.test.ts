import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { served, type Served } from '../../../test/harness/served.ts';
import { page } from './page.ts';

const script = 'export const answer = 42;\n'.repeat(100);
let folder: string;
let server: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<div id="root"></div>');
  await writeFile(join(folder, 'assets', 'app.js'), script);
  await writeFile(join(folder, 'assets', 'app.js.br'), brotliCompressSync(script));
  await writeFile(join(folder, 'assets', 'app.js.gz'), gzipSync(script));
  await writeFile(join(folder, 'service-worker.js'), script);
  await writeFile(join(folder, '.hidden'), 'secret');
  const serve = page(folder);
  if (!serve) throw new Error('no page');
  // Gone from the disk: nothing is opened for a request.
  await rm(folder, { recursive: true });
  server = await served(express().use(serve, (_request, response) => void response.sendStatus(404)));
});

afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(server.url + path, { method, headers });

test.each(['/', '/conversations/42', '/index.html'])('%s is the page, asked for each time', async (path) => {
  const answer = await ask(path);
  expect([answer.status, await answer.text()]).toEqual([200, '<div id="root"></div>']);
  expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual(['text/html; charset=utf-8', 'no-cache']);
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['identity', null],
])('a browser that takes %j gets a hashed file as %j, for ever', async (accepted, encoding) => {
  const answer = await ask('/assets/app.js', { 'Accept-Encoding': accepted });
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary'), await answer.text()]).toEqual([
    encoding,
    'Accept-Encoding',
    script,
  ]);
  expect(answer.headers.get('cache-control')).toContain('immutable');
});

test('the service worker has no hash in its name, so a browser asks for it each time', async () => {
  const { headers } = await ask('/service-worker.js');
  expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['text/javascript; charset=utf-8', 'no-cache']);
});

test('a file that is known is not sent again', async () => {
  const etag = (await ask('/assets/app.js')).headers.get('etag') ?? '';
  // `fetch` would ask for a fresh copy.
  const status = await new Promise((resolve) => {
    get(`${server.url}/assets/app.js`, { headers: { 'If-None-Match': etag } }, (answer) => {
      resolve(answer.statusCode);
      answer.resume();
    });
  });
  expect(status).toBe(304);
});

test.each(['/assets/none.js', '/.hidden', '/assets/..%2f.hidden', '/%E0%A4%A.js', '/__proto__.js', '/assets/app.js/'])(
  '%s is no file',
  async (path) => {
    expect(await (await ask(path)).text()).not.toMatch(/secret|answer/);
  },
);

test.each(['bytes=5-2', 'bytes=0-1', 'bytes=-1', 'bytes=99999999-', 'bytes=a-b'])(
  'a range (%s) is answered with the whole file, and is no fault of ours',
  async (range) => {
    const answer = await ask('/assets/app.js', { Range: range, 'Accept-Encoding': 'identity' });
    expect([answer.status, await answer.text()]).toEqual([200, script]);
  },
);

test('a head has the length and no body', async () => {
  const length = await new Promise((resolve) => {
    get(`${server.url}/assets/app.js`, { method: 'HEAD' }, (answer) => {
      resolve(answer.headers['content-length']);
      answer.resume();
    });
  });
  expect(length).toBe(String(script.length));
});

test('another method is passed on', async () => {
  expect((await ask('/', {}, 'POST')).status).toBe(404);
});
