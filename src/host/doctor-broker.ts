import { RabbitServer } from '../infra/rabbit/rabbit-server.ts';
import { errorText } from '../kernel/errors.ts';
import { silentLogger } from '../kernel/telemetry/logger.ts';
import { createMetrics } from '../infra/telemetry/prometheus-metrics.ts';
import type { Config } from './config.ts';
import type { Finding } from '../kernel/health.ts';

/** Whether the RabbitMQ of this environment answers; nothing where there is none. */
export async function brokerChecks({ amqpUrl }: Config): Promise<Finding[]> {
  if (amqpUrl === undefined) return [];
  const server = new RabbitServer(amqpUrl, { prefix: '', logger: silentLogger, metrics: createMetrics() });
  try {
    await server.open();
    await server.check();
    return [{ ok: true, what: 'RabbitMQ answers' }];
  } catch (error) {
    const reason = errorText(error);
    return [{ ok: false, what: `RabbitMQ does not answer (${reason}): start it, or correct AMQP_URL` }];
  } finally {
    await server.close();
  }
}
