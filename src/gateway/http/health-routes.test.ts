import express from 'express';
import { served, type Served } from '../../../test/harness/served.ts';
import type { CheckResult } from '../../kernel/health.ts';
import { healthRoutes } from './health-routes.ts';

let checks: CheckResult[] = [];
let rounds = 0;
let isStopping = false;
let now = 0;
const apps: Served[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function open(): Promise<string> {
  rounds = 0;
  const run = () => {
    rounds++;
    return Promise.resolve(checks);
  };
  const routes = healthRoutes({
    health: { add: () => undefined, run },
    isStopping: () => isStopping,
    clock: { monotonic: () => now },
  });
  const app = await served(express().use(routes));
  apps.push(app);
  return app.url;
}

const ready = async (url: string): Promise<unknown[]> => {
  now += 1_000;
  const answer = await fetch(`${url}/health/ready`);
  return [answer.status, (await answer.json()) as unknown];
};

test('alive is alive; ready is what every required part is', async () => {
  const url = await open();
  checks = [{ name: 'mail', ok: false, required: false, detail: 'smtp.internal refused' }];
  expect(await ready(url)).toEqual([200, { status: 'ok', checks: [{ name: 'mail', ok: false, required: false }] }]);
  checks = [{ name: 'database', ok: false, required: true, detail: 'db.internal refused' }];
  expect(await ready(url)).toEqual([503, { status: 'unavailable', checks: [{ name: 'database', ok: false, required: true }] }]);
  checks = [];
  isStopping = true;
  expect(await ready(url)).toEqual([503, { status: 'stopping', checks: [] }]);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  isStopping = false;
});

test('a flood of questions is answered by one round of checks a second', async () => {
  const url = await open();
  checks = [];
  const flood = () => Promise.all(Array.from({ length: 100 }, () => fetch(`${url}/health/ready`)));
  await flood();
  await flood();
  expect(rounds).toBe(1);
  now += 1_000;
  await flood();
  expect(rounds).toBe(2);
});

test('a server that stops is not ready at once, whatever was checked before', async () => {
  const url = await open();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  isStopping = true;
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  isStopping = false;
});
