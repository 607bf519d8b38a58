import prometheus from 'prom-client';
import type { Metrics } from '../../kernel/telemetry/metrics.ts';

/** Metrics in a registry of their own, with those of the Node process. */
export function createMetrics(): Metrics {
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labels = []) => {
      const counter = new prometheus.Counter({ name, help, labelNames: [...labels], registers });
      return {
        add: (values = {}, by = 1) => {
          counter.inc(values, by);
        },
      };
    },
    histogram: (name, help, labels = [], buckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]) => {
      const histogram = new prometheus.Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers });
      return {
        observe: (value, values = {}) => {
          histogram.observe(values, value);
        },
      };
    },
    gauge: (name, help, read) => {
      new prometheus.Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(valueOf(read));
        },
      });
    },
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** A gauge that cannot be read blinds nobody to the others. */
function valueOf(read: () => number): number {
  try {
    return read();
  } catch {
    return Number.NaN;
  }
}
