import { readKillOptions } from '../faults/kill-options.ts';
import { readOptions } from './options.ts';

describe('options', () => {
  it('play every workload on both systems when nothing is said', () => {
    expect(readOptions([])).toMatchObject({
      workloads: ['room200', 'room1000', 'pairs', 'pairs64', 'alone', 'idle', 'idle5000', 'reconnect'],
      rounds: 3,
      quick: false,
      check: false,
      topology: 'solo',
      only: undefined,
    });
  });

  it('are short when quick', () => {
    expect(readOptions(['--quick', '--workload', 'pairs', '--only', 'confab', '--json', 'out.json'])).toMatchObject({
      workloads: ['pairs'],
      rounds: 1,
      quick: true,
      only: 'confab',
      json: 'out.json',
    });
  });

  it.each([
    [['--workload', 'room7']],
    [['--rounds', '0']],
    [['--window', 'wide']],
    [['--topology', 'ring']],
    [['--only', 'replicas']],
    [['--unheard']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow();
  });

  it('of the kill test name 50 kills by 8 senders', () => {
    expect(readKillOptions([], 1_700_000_000_123)).toEqual({
      kills: 50,
      seed: 123,
      writers: 8,
      topology: 'solo',
      store: 'postgres',
      awaySeconds: 30,
      json: undefined,
    });
    expect(readKillOptions(['--kills', '3', '--seed', '9', '--writers', '12'], 0)).toMatchObject({ kills: 3, seed: 9, writers: 12 });
    expect(readKillOptions(['--topology', 'replicas', '--store', 'mongo'], 0)).toMatchObject({ topology: 'replicas', store: 'mongo' });
    expect(() => readKillOptions(['--kills', 'some'], 0)).toThrow(/--kills/);
    expect(() => readKillOptions(['--topology', 'ring'], 0)).toThrow(/--topology/);
    expect(() => readKillOptions(['--store', 'mongo'], 0)).toThrow(/--topology replicas/);
  });
});
