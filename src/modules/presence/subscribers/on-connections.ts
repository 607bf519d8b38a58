import { connectionsAlive, connectionsClosed } from '../../../contracts/connections/connections.ts';
import { onLive, type Subscription } from '../../../kernel/bus/bus.ts';
import type { Logger } from '../../../kernel/telemetry/logger.ts';
import type { People } from '../people.ts';

/** Sockets that are open renew their leases, those that closed end them soon. */
export function onConnections(people: People, logger: Logger): Subscription[] {
  const watch = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      logger.warn('presence could not be noted; the next heartbeat does it', { event: 'presence.note_failed', error: String(error) });
    });
  };
  return [
    onLive(connectionsAlive, 'presence', ({ payload }) => {
      watch(people.hold(payload.connections));
    }),
    onLive(connectionsClosed, 'presence', ({ payload }) => {
      watch(people.release(payload.connections));
    }),
  ];
}
