/** Counters, gauges and histograms under `confab_`; labels must come from small fixed sets. */
export interface Counter {
  add(labels?: Readonly<Record<string, string>>, by?: number): void;
}
export interface Histogram {
  /** In the metric's unit: seconds for `_seconds`. */
  observe(value: number, labels?: Readonly<Record<string, string>>): void;
}
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram;
  /** Read when scraped. */
  gauge(name: string, help: string, read: () => number): void;
  /** The exposition text and its content type. */
  expose(): Promise<{ contentType: string; body: string }>;
}
