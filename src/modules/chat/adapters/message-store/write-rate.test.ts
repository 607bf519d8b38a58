import { jest } from '@jest/globals';
import { WriteRate } from './write-rate.ts';

describe('The write load', () => {
  let now = 0;
  beforeEach(() => {
    now = 10_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    [20, 'low'],
    [21, 'medium'],
    [1_500, 'medium'],
    [1_501, 'high'],
  ])('after %i messages in a second is %s', (messages, load) => {
    const rate = new WriteRate({ wrote: () => undefined });
    rate.wrote({ messages, seconds: 0.001 });
    expect(rate.load).toBe(load);
  });

  it('counts the second before and forgets what is older', () => {
    const rate = new WriteRate({ wrote: () => undefined });
    rate.wrote({ messages: 2_000, seconds: 0.001 });
    now += 1_100;
    expect(rate.load).toBe('high');
    now += 1_100;
    expect(rate.load).toBe('low');
  });
});
