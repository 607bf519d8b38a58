import { request } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import { served, type Served } from '../../../test/harness/served.ts';
import { isAppError } from '../../kernel/errors.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import { metricsRoute } from './metrics-route.ts';

const apps: Served[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function open({ token = null as string | null, publicUrl = 'http://localhost:3000' } = {}): Promise<Served> {
  const routes = metricsRoute({ metrics: createMetrics(), metricsToken: token, about: { publicUrl } });
  const asStatus: express.ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    response.sendStatus(isAppError(error) ? error.status : 500);
  };
  const app = await served(express().use(routes, asStatus));
  apps.push(app);
  return app;
}

/** `fetch` sends no `Host` of one's own. */
const statusOf = (app: Served, headers: Record<string, string> = {}): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${app.url}/metrics`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });

test.each(['127.0.0.1:3000', 'localhost', 'localhost:9090', '[::1]:3000'])('this machine reads them as %s', async (host) => {
  expect(await statusOf(await open(), { Host: host })).toBe(200);
});

test.each<[string, Record<string, string>]>([
  ['a public name', { Host: 'chat.example.org' }],
  ['a name that only begins like this machine', { Host: 'localhost.example.org' }],
  ['a name that only begins like an address', { Host: '127.0.0.1.example.org:3000' }],
  ['an address of the network', { Host: '192.168.1.5' }],
  ['a host with a password', { Host: 'localhost@evil.net' }],
  ['X-Forwarded-For', { 'X-Forwarded-For': '127.0.0.1' }],
  ['X-Forwarded-Proto', { 'X-Forwarded-Proto': 'https' }],
  ['Forwarded', { Forwarded: 'for=127.0.0.1' }],
  ['Via', { Via: '1.1 proxy' }],
  ['X-Real-IP', { 'X-Real-IP': '127.0.0.1' }],
  ['CF-Connecting-IP', { 'CF-Connecting-IP': '203.0.113.1' }],
  ['True-Client-IP', { 'True-Client-IP': '203.0.113.1' }],
])('%s shows that the caller is of elsewhere', async (_what, headers) => {
  expect(await statusOf(await open(), headers)).toBe(404);
});

test('a proxy that speaks HTTP/1.0 and adds nothing gets nothing', async () => {
  const app = await open();
  const { port } = new URL(app.url);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    });
    socket
      .on('data', (chunk) => (text += chunk.toString()))
      .on('close', () => {
        resolve(text);
      });
  });
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
});

test.each(['https://chat.example.org', 'http://192.168.1.5:3000', 'https://localhost.example.org'])(
  'without a token nobody reads them where the public URL is %s',
  async (publicUrl) => {
    expect(await statusOf(await open({ publicUrl }))).toBe(404);
  },
);

test('with a token whoever presents it reads them, from anywhere, and nobody else', async () => {
  const app = await open({ token: 'a-metrics-token', publicUrl: 'https://chat.example.org' });
  expect(await statusOf(app)).toBe(401);
  expect(await statusOf(app, { Authorization: 'Bearer another' })).toBe(401);
  expect(await statusOf(app, { Authorization: 'Bearer a-metrics-token', Host: 'chat.example.org', Via: '1.1 proxy' })).toBe(200);
});
