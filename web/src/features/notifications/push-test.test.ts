import { expect, test } from '@jest/globals';
import { ClientError, type Trace } from '../../../../client/index.ts';
import { followTest } from './push-test.ts';

const traceOf = (...states: Trace['deliveries'][number]['state'][]) => ({ deliveries: states.map((state) => ({ state })) }) as Trace;

test('a test is followed until the device has shown it', async () => {
  const traces = [traceOf(), traceOf('waiting'), traceOf('accepted'), traceOf('shown'), traceOf('gone')];
  const reported: Trace[] = [];
  await followTest(
    () => Promise.resolve(traces.shift() ?? traceOf()),
    (trace) => reported.push(trace),
    { now: () => 0, pause: () => Promise.resolve() },
  );
  expect(reported.map(({ deliveries }) => deliveries[0]?.state)).toEqual([undefined, 'waiting', 'accepted', 'shown']);
});

test('a device that never says that it showed the test is waited for twenty seconds', async () => {
  let now = 0;
  let readings = 0;
  const read = () => Promise.resolve((readings++, traceOf('accepted')));
  await followTest(read, () => undefined, { now: () => now, pause: (ms) => Promise.resolve(void (now += ms)) });
  expect([now, readings]).toEqual([20_000, 41]);
});

test('a test that is not decided yet has no trace, and is looked for again; any other refusal ends it', async () => {
  const answers = [
    () => Promise.reject(new ClientError('not_found')),
    () => Promise.reject(new ClientError('not_found')),
    () => Promise.resolve(traceOf('shown')),
  ];
  const reported: Trace[] = [];
  const given = { now: () => 0, pause: () => Promise.resolve() };
  const report = (trace: Trace) => void reported.push(trace);
  await followTest(() => answers.shift()?.() ?? Promise.reject(new Error('no more')), report, given);
  expect(reported.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['shown']);
  await expect(followTest(() => Promise.reject(new ClientError('forbidden')), report, given)).rejects.toThrow('forbidden');
});

test('a test that never gets a trace fails after twenty seconds', async () => {
  let now = 0;
  const read = () => Promise.reject(new ClientError('not_found'));
  const following = followTest(read, () => undefined, { now: () => now, pause: (ms) => Promise.resolve(void (now += ms)) });
  await expect(following).rejects.toThrow('not_found');
  expect(now).toBe(20_000);
});
