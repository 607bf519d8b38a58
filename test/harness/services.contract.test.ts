import { locate, serverVariable } from './services.ts';

describe('a suite that needs a server', () => {
  it('is given the address that the environment names', () => {
    expect(locate('redis', { CONFAB_TEST_REDIS_URL: 'redis://127.0.0.1:27379' })).toEqual({ url: 'redis://127.0.0.1:27379' });
  });

  it('names what to run where the environment names none', () => {
    expect(locate('mongodb', {})).toEqual({ remedy: expect.stringContaining('npm run services -- up mongodb') });
    expect(locate('mongodb', { CONFAB_TEST_MONGO_URL: '' })).toHaveProperty('remedy');
  });

  it('never takes the server of an ordinary start', () => {
    expect(locate('rabbitmq', { AMQP_URL: 'amqp://example.org' })).toHaveProperty('remedy');
  });

  it('fails where everything is demanded', () => {
    expect(() => locate('rabbitmq', { CONFAB_REQUIRE_SERVICES: 'all' })).toThrow('CONFAB_TEST_AMQP_URL is not set');
  });

  it('reads what else the server has to say', () => {
    expect(serverVariable('S3_REGION', { CONFAB_TEST_S3_REGION: 'us-east-1' })).toBe('us-east-1');
    expect(() => serverVariable('S3_REGION', {})).toThrow('CONFAB_TEST_S3_REGION');
  });
});
