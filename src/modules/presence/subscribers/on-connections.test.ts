import { connectionsAlive, connectionsClosed } from '../../../contracts/connections/connections.ts';
import { newId } from '../../../kernel/ids.ts';
import { type LogFields, silentLogger } from '../../../kernel/telemetry/logger.ts';
import type { People } from '../people.ts';
import { onConnections } from './on-connections.ts';

const connections = [{ connectionId: 'c1', userId: newId() }];
const payload = { nodeId: 'n', connections };

test('open connections are held, and those that closed are released', async () => {
  const done: unknown[] = [];
  const people = {
    hold: (held: unknown) => Promise.resolve(void done.push(['hold', held])),
    release: (released: unknown) => Promise.resolve(void done.push(['release', released])),
  } as unknown as People;
  const subscriptions = onConnections(people, silentLogger);
  expect(subscriptions.map(({ event, mode }) => [event, mode])).toEqual([
    [connectionsAlive, 'live'],
    [connectionsClosed, 'live'],
  ]);
  for (const { event, handle } of subscriptions) await handle({ id: newId(), event: event.name, payload });
  expect(done).toEqual([
    ['hold', connections],
    ['release', connections],
  ]);
});

test('a lease that cannot be written is logged, and fails nobody', async () => {
  const logged: LogFields[] = [];
  const people = { hold: () => Promise.reject(new Error('no Redis')) } as unknown as People;
  const logger = { ...silentLogger, warn: (_message: string, fields?: LogFields) => void logged.push(fields ?? {}) };
  const [alive] = onConnections(people, logger);
  await alive?.handle({ id: newId(), event: connectionsAlive.name, payload });
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual([{ event: 'presence.note_failed', error: 'Error: no Redis' }]);
});
