import { Api } from '../../test/harness/api.ts';
import { openTestHouse } from '../../test/harness/house.ts';
import { Team } from '../../test/harness/team.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';
import { startHouse } from './house.ts';

test('an orderly stop answers what is under way, tells sockets to move and opens nothing new', async () => {
  const house = await openTestHouse();
  const team = await Team.create([house.url], house.config.dataDir);
  const ana = await team.actor('ana');
  const { id } = await ana.opens('group', []);
  const device = await ana.comesOnline();
  const sends = Array.from({ length: 50 }, (_, n) => device.send(id, `message ${String(n)}`));
  const stopped = house.stop();
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  expect(await device.hears('server:moving')).toMatchObject({ retryAfterMs: expect.any(Number) as number });
  await device.hears('disconnect');
  await stopped;
  await expect(fetch(`${house.url}/health/ready`)).rejects.toThrow();
  await house.close();
});

test('a port that is taken is named, and nothing is left running', async () => {
  const house = await openTestHouse();
  await expect(startHouse({ ...house.config, port: house.port }, silentLogger)).rejects.toThrow(`Port ${String(house.port)} is in use`);
  expect((await fetch(`${house.url}/health/ready`)).status).toBe(200);
  await house.close();
});

test('without doors only health and metrics answer', async () => {
  const house = await openTestHouse({ config: { doors: [] } });
  expect((await fetch(`${house.url}/health/live`)).status).toBe(200);
  expect((await fetch(`${house.url}/metrics`)).status).toBe(200);
  expect((await new Api(house.url).request('GET', '/team')).status).toBe(404);
  await house.close();
});

test('a database out of reach stops the start with its name', async () => {
  const house = await openTestHouse();
  await house.close();
  const lost = startHouse({ ...house.config, databaseUrl: 'postgresql://nobody:secret@127.0.0.1:9/none' }, silentLogger);
  await expect(lost).rejects.toThrow(/postgresql:\/\/127\.0\.0\.1:9\/none does not answer .*DATABASE_URL/);
});

test('a MongoDB out of reach stops the start with its name', async () => {
  const house = await openTestHouse();
  await house.close();
  const lost = startHouse({ ...house.config, mongoUrl: 'mongodb://nobody:secret@127.0.0.1:9/none' }, silentLogger);
  await expect(lost).rejects.toThrow(/mongodb:\/\/127\.0\.0\.1:9\/none does not answer .*MONGO_URL/);
});
