import { Seeded } from './seeded.ts';

const draws = (dice: Seeded, count: number): number[] => Array.from({ length: count }, () => dice.next());

describe('seeded dice', () => {
  it('fall the same way for the same seed and another way for another', () => {
    expect(draws(new Seeded(7), 20)).toEqual(draws(new Seeded(7), 20));
    expect(draws(new Seeded(7), 20)).not.toEqual(draws(new Seeded(8), 20));
  });

  it('keep to their bounds and weights', () => {
    const dice = new Seeded(1);
    const picked = Array.from({ length: 4000 }, () => dice.weighted({ often: 3, seldom: 1, never: 0 }));
    const often = picked.filter((key) => key === 'often').length;
    expect(picked).not.toContain('never');
    expect(often / picked.length).toBeCloseTo(0.75, 1);
    expect(draws(dice, 1000).every((draw) => draw >= 0 && draw < 1)).toBe(true);
  });

  it('fork into streams that do not disturb each other', () => {
    const [one, other] = [new Seeded(3), new Seeded(3)];
    draws(one.fork(), 10);
    other.fork();
    expect(one.next()).toBe(other.next());
  });
});
