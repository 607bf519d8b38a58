import { median, percentile, spread } from './statistics.ts';

describe('statistics', () => {
  it('take the middle, or the mean of the two middle ones', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
    expect(median([])).toBeNaN();
  });

  it('order by size, not by spelling', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('take the nearest rank as percentile', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1), percentile([5], 0.01)]).toEqual([50, 99, 100, 5]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leave the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('show how far rounds differ', () => {
    expect([spread([4, 2, 3]), spread([5, 5])]).toEqual([2, 1]);
  });
});
