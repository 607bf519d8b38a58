import { z } from 'zod';
import { event } from '../define.ts';
import { Id } from '../primitives.ts';

/** One open socket of a signed-in person. */
export const Connection = z.strictObject({ connectionId: z.string().max(64), userId: Id });
export type Connection = z.infer<typeof Connection>;

/** Published when a socket opens, and again for all open sockets of a node every `connectionHeartbeatMs`: the lease. */
export const connectionsAlive = event({
  name: 'connections.holding',
  summary: 'These sockets are open on this node',
  delivery: 'signal',
  localOnly: true,
  payload: z.strictObject({ nodeId: z.string(), connections: z.array(Connection) }),
});

export const connectionsClosed = event({
  name: 'connections.closing',
  summary: 'These sockets closed on this node',
  delivery: 'signal',
  localOnly: true,
  payload: z.strictObject({ nodeId: z.string(), connections: z.array(Connection) }),
});

/** How often a node repeats `connections.holding`, and how long a lease lasts after the last of them (ms). */
export const connectionHeartbeatMs = 8_000;

export const connectionLeaseMs = 20_000;
