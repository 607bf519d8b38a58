import express from 'express';
import { served, type Served } from '../../../test/harness/served.ts';
import type { CheckResult } from '../../kernel/health.ts';
import { isAppError } from '../../kernel/errors.ts';
import { createMetrics } from '../../kernel/telemetry/prometheus-metrics.ts';
import { addressReader } from '../address.ts';
import { healthRoutes } from './health-routes.ts';

let checks: CheckResult[] = [];
let isStopping = false;
const houses: Served[] = [];

afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function open(metricsToken: string | null = null): Promise<string> {
  const routes = healthRoutes({
    health: { add: () => undefined, run: () => Promise.resolve(checks) },
    metrics: createMetrics(),
    metricsToken,
    addressOf: addressReader([]),
    isStopping: () => isStopping,
  });
  const asStatus: express.ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    response.sendStatus(isAppError(error) ? error.status : 500);
  };
  const house = await served(express().use(routes, asStatus));
  houses.push(house);
  return house.url;
}

test('alive is alive; ready is what every required part is', async () => {
  const url = await open();
  const ready = async (): Promise<unknown[]> => {
    const answer = await fetch(`${url}/health/ready`);
    return [answer.status, (await answer.json()) as unknown];
  };
  checks = [{ name: 'mail', ok: false, required: false, detail: 'smtp.internal refused' }];
  expect(await ready()).toEqual([200, { status: 'ok', checks: [{ name: 'mail', ok: false, required: false }] }]);
  checks = [{ name: 'database', ok: false, required: true, detail: 'db.internal refused' }];
  expect(await ready()).toEqual([503, { status: 'unavailable', checks: [{ name: 'database', ok: false, required: true }] }]);
  checks = [];
  isStopping = true;
  expect(await ready()).toEqual([503, { status: 'stopping', checks: [] }]);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});

test('metrics are for this machine alone, or for who has the token', async () => {
  const [url, guarded] = [await open(), await open('a-metrics-token')];
  const status = async (base: string, headers = {}): Promise<number> => (await fetch(`${base}/metrics`, { headers })).status;
  expect(await status(url)).toBe(200);
  expect(await status(url, { 'X-Forwarded-For': '127.0.0.1' })).toBe(404);
  expect(await status(guarded)).toBe(401);
  expect(await status(guarded, { Authorization: 'Bearer another' })).toBe(401);
  expect(await status(guarded, { Authorization: 'Bearer a-metrics-token' })).toBe(200);
});
