import type { Metrics } from '../../../../kernel/telemetry/metrics.ts';
import type { LogMeter } from './message-log.ts';

/** What operators see of the log: one observation per batch, none per message. */
export function meterOf(metrics: Metrics, depth: () => number): LogMeter {
  const appended = metrics.counter('confab_chat_messages_appended_total', 'Messages written to the log');
  const sizes = metrics.histogram('confab_chat_append_batch_size', 'Messages written together', [], [1, 2, 5, 10, 20, 50, 100, 200, 500]);
  const seconds = metrics.histogram('confab_chat_append_seconds', 'Time to write a batch of messages');
  metrics.gauge('confab_chat_append_queue_depth', 'Messages that wait for the write in flight', depth);
  return {
    wrote: (batch) => {
      appended.add({}, batch.messages);
      sizes.observe(batch.messages);
      seconds.observe(batch.seconds);
    },
  };
}

/** How far reading again is, of the node that does it; answers what sets it. */
export function gaugeOfRereading(metrics: Metrics): (messages: number) => void {
  let left = 0;
  metrics.gauge('confab_search_messages_to_reindex', 'Messages that this node still has to index again for search, about', () => left);
  return (messages) => {
    left = messages;
  };
}
