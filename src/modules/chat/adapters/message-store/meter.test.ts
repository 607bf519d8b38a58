import { createMetrics } from '../../../../infra/telemetry/prometheus-metrics.ts';
import { meterOf } from './meter.ts';

test('operators see messages, batches, latency and what waits', async () => {
  const metrics = createMetrics();
  const meter = meterOf(metrics, () => 7);
  meter.wrote({ messages: 3, seconds: 0.004 });
  meter.wrote({ messages: 40, seconds: 0.02 });
  const { body } = await metrics.expose();
  expect(body).toContain('confab_chat_messages_appended_total 43');
  expect(body).toContain('confab_chat_append_batch_size_bucket{le="5"} 1');
  expect(body).toContain('confab_chat_append_seconds_count 2');
  expect(body).toContain('confab_chat_append_queue_depth 7');
});
