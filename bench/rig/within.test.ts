import { within } from './within.ts';

describe('within', () => {
  const late = () => 'too late';

  it('gives what came in time', async () => {
    await expect(within(10_000, Promise.resolve(7), late)).resolves.toBe(7);
  });

  it('passes a failure on', async () => {
    await expect(within(10_000, Promise.reject(new Error('broken')), late)).rejects.toThrow('broken');
  });

  it('does not wait for ever', async () => {
    await expect(within(1, new Promise(() => undefined), late)).rejects.toThrow('too late');
  });
});
