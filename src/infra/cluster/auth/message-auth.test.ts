import { type Logger, silentLogger } from '../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../telemetry/prometheus-metrics.ts';
import { MessageAuth } from './message-auth.ts';

const secret = 'Jg0Oi3TTrWcbPnZ3h8Xq2vEw9yLkR5sD1uA7fHmQxBc';
const metrics = createMetrics();
const lines: object[] = [];
const logger: Logger = { ...silentLogger, error: (_message, fields) => void lines.push({ ...fields }) };
const receiver = new MessageAuth({ secret, nodeId: 'node-2', logger, metrics });
const sender = new MessageAuth({ secret, nodeId: 'node-1', logger: silentLogger, metrics: createMetrics() });

test('a fresh message is taken once, a durable one as often as it comes', () => {
  const fresh = sender.sign('call', 'auth', '[]');
  expect([receiver.openFresh('call', 'auth', fresh), receiver.openFresh('call', 'auth', fresh)]).toEqual([
    expect.objectContaining({ from: 'node-1', text: '[]' }),
    null,
  ]);
  const durable = sender.sign('fact', 'auth.userCreated', '{}');
  for (let time = 0; time < 2; time++) expect(receiver.open('fact', 'auth.userCreated', durable)).not.toBeNull();
});

test('refusals are counted each, and logged once for each kind and reason', async () => {
  lines.length = 0;
  for (let time = 0; time < 100; time++) expect(receiver.open('fact', 'x', Buffer.from('{}'))).toBeNull();
  receiver.refuse('fact', 'malformed');
  expect(lines).toEqual([
    { event: 'bus.message_refused', kind: 'fact', reason: 'unsigned' },
    { event: 'bus.message_refused', kind: 'fact', reason: 'malformed' },
  ]);
  const { body } = await metrics.expose();
  expect(body).toContain('confab_bus_messages_refused_total{kind="fact",reason="unsigned"} 100');
});
