import { readKillOptions } from '../faults/kill-options.ts';
import { readOptions } from './options.ts';

describe('options', () => {
  it('play every workload on both systems when nothing is said', () => {
    expect(readOptions([])).toMatchObject({
      workloads: ['room200', 'room1000', 'pairs', 'pairs64', 'alone', 'idle', 'idle5000', 'reconnect', 'uploads', 'push', 'grow'],
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
    [['--sizes', '10000']],
    [['--sizes', '10000,1000']],
    [['--sizes', '10,100,1000']],
    [['--topology', 'replicas', '--workload', 'grow']],
    [['--topology', 'replicas', '--workload', 'push']],
    [['--without', 'luck']],
    [['--without', 'signatures']],
    [['--without', 'index', '--topology', 'split']],
    [['--without', 'index', '--workload', 'idle']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow();
  });

  it('grow a history a hundred times as long, ten times when quick', () => {
    expect(readOptions([])).toMatchObject({ sizes: [10_000, 1_000_000], keep: false });
    expect(readOptions(['--quick'])).toMatchObject({ sizes: [10_000, 100_000] });
    expect(readOptions(['--sizes', '500,2000', '--only', '2000', '--keep'])).toMatchObject({
      sizes: [500, 2000],
      only: '2000',
      keep: true,
    });
  });

  it('set a server beside one without a part, where messages go', () => {
    expect(readOptions(['--without', 'index'])).toMatchObject({ without: 'index', workloads: ['room200', 'pairs'] });
    expect(readOptions(['--without', 'signatures', '--topology', 'split', '--only', 'without-signatures', '--rate', '300'])).toMatchObject({
      only: 'without-signatures',
      rate: 300,
    });
  });

  it('leave out what is played on one process alone where there are several', () => {
    expect(readOptions(['--topology', 'split']).workloads).not.toContain('grow');
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
