import { Api } from '../../test/harness/api.ts';
import { openTestApp } from '../../test/harness/app.ts';
import { Team } from '../../test/harness/team.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';
import { startApp } from './app.ts';

test('an orderly stop answers what is under way, asks sockets to move and opens nothing new', async () => {
  const app = await openTestApp();
  const team = await Team.create([app.url], app.config.dataDir);
  const ana = await team.actor('ana');
  const { id } = await ana.opens('group', []);
  const device = await ana.comesOnline();
  const sends = Array.from({ length: 50 }, (_, n) => device.send(id, `message ${String(n)}`));
  const stopped = app.stop();
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  expect(await device.receives('server:moving')).toMatchObject({ retryAfterMs: expect.any(Number) as number });
  await device.receives('disconnect');
  await stopped;
  await expect(fetch(`${app.url}/health/ready`)).rejects.toThrow();
  await app.close();
});

test('a port that is taken is named, and nothing is left running', async () => {
  const app = await openTestApp();
  await expect(startApp({ ...app.config, port: app.port }, silentLogger)).rejects.toThrow(`Port ${String(app.port)} is in use`);
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  await app.close();
});

test('without transports only health and metrics answer', async () => {
  const app = await openTestApp({ config: { transports: [] } });
  expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
  expect((await fetch(`${app.url}/metrics`)).status).toBe(200);
  expect((await new Api(app.url).request('GET', '/team')).status).toBe(404);
  await app.close();
});

test('a database out of reach stops the start with its name', async () => {
  const app = await openTestApp();
  await app.close();
  const lost = startApp({ ...app.config, databaseUrl: 'postgresql://nobody:secret@127.0.0.1:9/none' }, silentLogger);
  await expect(lost).rejects.toThrow(/postgresql:\/\/127\.0\.0\.1:9\/none does not answer .*DATABASE_URL/);
});

test('a MongoDB out of reach stops the start with its name', async () => {
  const app = await openTestApp();
  await app.close();
  const lost = startApp({ ...app.config, mongoUrl: 'mongodb://nobody:secret@127.0.0.1:9/none' }, silentLogger);
  await expect(lost).rejects.toThrow(/mongodb:\/\/127\.0\.0\.1:9\/none does not answer .*MONGO_URL/);
});
