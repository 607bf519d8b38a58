// Every server there is, in the order in which they are shown.
import { azurite } from './servers/azurite.mjs';
import { clamav } from './servers/clamav.mjs';
import { coturn } from './servers/coturn.mjs';
import { elasticsearch } from './servers/elasticsearch.mjs';
import { minio } from './servers/minio.mjs';
import { mongodb } from './servers/mongodb.mjs';
import { postgres } from './servers/postgres.mjs';
import { prometheus } from './servers/prometheus.mjs';
import { rabbitmq } from './servers/rabbitmq.mjs';
import { redis } from './servers/redis.mjs';
import { smtp } from './servers/smtp.mjs';

/**
 * A server is its `name`, its `ports` as offsets from the base, the Debian `packages` it needs, `prepare` (brings what no
 * package holds), `processes` (what to run, in order), `isReady` (asks it in its own protocol) and `variables` (where it is,
 * by the names that Confab reads).
 */
export const catalogue = [postgres, redis, rabbitmq, mongodb, minio, azurite, clamav, elasticsearch, coturn, smtp, prometheus];

export function serversNamed(names) {
  const unknown = names.filter((name) => !catalogue.some((server) => server.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}: the servers are ${catalogue.map(({ name }) => name).join(', ')}.`);
  return names.length === 0 ? catalogue : catalogue.filter(({ name }) => names.includes(name));
}
