import { createMetrics } from './prometheus-metrics.ts';

test('counters, histograms and gauges are exposed as Prometheus reads them', async () => {
  const metrics = createMetrics();
  const sent = metrics.counter('confab_messages_total', 'Messages', ['kind']);
  sent.add({ kind: 'text' });
  sent.add({ kind: 'text' }, 4);
  metrics.counter('confab_cuts_total', 'Cuts').add();
  metrics.histogram('confab_took_seconds', 'Time', ['operation'], [0.1, 1]).observe(0.5, { operation: 'a' });
  let open = 3;
  metrics.gauge('confab_open', 'Open', () => open);
  open = 7;
  const { contentType, body } = await metrics.expose();
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toContain(
    '# HELP confab_messages_total Messages\n# TYPE confab_messages_total counter\nconfab_messages_total{kind="text"} 5\n',
  );
  expect(body).toContain('confab_cuts_total 1\n');
  expect(body).toContain('confab_took_seconds_bucket{le="0.1",operation="a"} 0\nconfab_took_seconds_bucket{le="1",operation="a"} 1\n');
  expect(body).toContain('confab_took_seconds_sum{operation="a"} 0.5\n');
  expect(body).toContain('confab_open 7\n');
  expect(body).toContain('process_resident_memory_bytes');
});

test('two apps in one process share no metric', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.counter('confab_cuts_total', 'Cuts').add();
  other.counter('confab_cuts_total', 'Cuts');
  expect((await other.expose()).body).toContain('confab_cuts_total 0\n');
});

test('a gauge that cannot be read blinds nobody to the others', async () => {
  const metrics = createMetrics();
  metrics.gauge('confab_broken', 'Broken', () => {
    throw new Error('no figure');
  });
  metrics.gauge('confab_well', 'Well', () => 1);
  const { body } = await metrics.expose();
  expect(body).toContain('confab_broken Nan\n');
  expect(body).toContain('confab_well 1\n');
});
