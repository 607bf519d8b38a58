import { requireService } from '../../test/harness/services.ts';
import { readConfig } from './config.ts';
import { brokerChecks } from './doctor-broker.ts';

test('without AMQP_URL the doctor has nothing to say of a broker', async () => {
  expect(await brokerChecks(readConfig({}, false))).toEqual([]);
});

requireService('rabbitmq').describe('the doctor', (url) => {
  test('finds a broker that answers', async () => {
    expect(await brokerChecks({ ...readConfig({}, false), amqpUrl: url })).toEqual([{ ok: true, what: 'RabbitMQ answers' }]);
  });

  test('names the setting of one that does not', async () => {
    const [finding] = await brokerChecks({ ...readConfig({}, false), amqpUrl: 'amqp://guest:secret@127.0.0.1:9' });
    expect(finding).toMatchObject({ ok: false, what: expect.stringContaining('AMQP_URL') as string });
    expect(finding?.what).not.toContain('secret');
  });
});
