import { connect } from 'amqplib';
import { subscribers } from '../../src/host/modules.ts';
import { newId } from '../../src/kernel/ids.ts';
import { teamPrefix } from '../../src/kernel/derived-key.ts';
import { RabbitServer } from '../../src/infra/rabbit/rabbit-server.ts';
import { MessageAuth } from '../../src/infra/cluster/auth/message-auth.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { createMetrics } from '../../src/infra/telemetry/prometheus-metrics.ts';

export const ownTeam = (): string => `confab-test:${newId()}:`;

/** A server that is not connected yet; `open` does it once its listeners are there. */
export const rabbitServer = (url: string, prefix: string, metrics = createMetrics()): RabbitServer =>
  new RabbitServer(url, { prefix, logger: silentLogger, metrics });

/** The signatures of one process of this team. */
export const authOf = (team: string, metrics = createMetrics()): MessageAuth =>
  new MessageAuth({ secret: `the secret of ${team}`, nodeId: newId(), logger: silentLogger, metrics });

/** The queue of one reaction in apps with this secret. */
export const queueNameOf = (secret: string, event: string, subscriber: string): string =>
  `${teamPrefix(secret)}facts.${event}.${subscriber}`;

/** Removes what apps with this secret left at the server: the queues of subscribers, and of what the outbox of chat could not expand. */
export function forgetApps(url: string, secret: string): Promise<void> {
  const addresses = subscribers.map(({ event, subscriber }) => `${event.name}.${subscriber}`);
  return forgetTeam(url, teamPrefix(secret), [...addresses, 'chat.messages.kernel.outbox']);
}

/** Removes what outlives the processes of a team. */
export async function forgetTeam(url: string, prefix: string, addresses: readonly string[] = []): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const exchange of ['live', 'facts']) await channel.deleteExchange(`${prefix}${exchange}`);
  for (const area of ['chat', 'there']) await channel.deleteQueue(`${prefix}ingest.${area}`);
  for (const address of addresses) await channel.deleteQueue(`${prefix}facts.${address}`);
  await connection.close();
}
