import { besideOne, besideRaw, besideShorter } from '../goals.ts';
import { printed } from './print.ts';
import { reportOf, type Round } from './report.ts';

const round = (system: Round['system'], values: Round['measured']['values'], problems: string[] = []): Round => ({
  workload: 'room200',
  system,
  measured: { values, problems },
});

describe('a report', () => {
  it('sets medians over each other and judges the ratio', () => {
    const raw = [700, 800, 900].map((ackedPerSecond) => round('raw', { ackedPerSecond }));
    const confab = [9600, 8800, 4000].map((ackedPerSecond) => round('confab', { ackedPerSecond }));
    const { rows, passed } = reportOf([...raw, ...confab], besideRaw);
    expect(rows).toMatchObject([{ measure: 'ackedPerSecond', base: 800, tested: 8800, ratio: 11, spread: 2.4, verdict: 'stretch met' }]);
    expect(passed).toBe(true);
  });

  it('fails on a goal of now, and not on one that is only wished for', () => {
    const missed = reportOf([round('raw', { ackedPerSecond: 1000 }), round('confab', { ackedPerSecond: 7900 })], besideRaw);
    expect(missed).toMatchObject({ passed: false, rows: [{ verdict: 'MISSED' }] });
    const wished = reportOf([round('raw', { p99Ms: 10 }), round('confab', { p99Ms: 20 })], besideRaw);
    expect(wished).toMatchObject({ passed: true, rows: [{ verdict: 'stretch missed' }] });
  });

  it('bounds costs from above', () => {
    const verdicts = [5.9, 6.5, 6.7].map(
      (cpuPerDelivery) => reportOf([round('raw', { cpuPerDelivery: 6 }), round('confab', { cpuPerDelivery })], besideRaw).rows[0]?.verdict,
    );
    expect(verdicts).toEqual(['stretch met', 'met', 'MISSED']);
  });

  it('fails when a message went astray, whatever the figures', () => {
    const { passed, problems } = reportOf(
      [round('raw', { ackedPerSecond: 1 }), round('confab', { ackedPerSecond: 100 }, ['saturation: 1 missing'])],
      besideRaw,
    );
    expect(passed).toBe(false);
    expect(problems).toEqual(['room200 confab: saturation: 1 missing']);
  });

  it('gives no ratio to nothing', () => {
    const { rows } = reportOf([round('raw', { databasePerMessage: 0 }), round('confab', { databasePerMessage: 11 })], besideRaw);
    expect(rows[0]?.ratio).toBeUndefined();
  });

  it('judges what is added where that is the goal', () => {
    const verdicts = [13.9, 14.1].map(
      (fixedP50Ms) => reportOf([round('solo', { fixedP50Ms: 10 }), round('split', { fixedP50Ms })], besideOne.split).rows[0]?.verdict,
    );
    expect(verdicts).toEqual(['stretch met', 'stretch missed']);
  });

  it('judges a long history beside a short one, and its searches by themselves', () => {
    const grown = (system: string, values: Round['measured']['values']): Round => ({ ...round(system, values), workload: 'grow' });
    const rows = (sendP95Ms: number, phraseP95Ms: number) =>
      reportOf([grown('10', { sendP95Ms: 4, phraseP95Ms: 1 }), grown('1000', { sendP95Ms, phraseP95Ms })], besideShorter([10, 1000])).rows;
    expect(rows(5, 149).map(({ verdict }) => verdict)).toEqual(['met', 'met']);
    expect(rows(5.3, 151).map(({ verdict }) => verdict)).toEqual(['MISSED', 'MISSED']);
  });

  it('is printed as a table that names the goals', () => {
    const table = printed(reportOf([round('raw', { ackedPerSecond: 1000 }), round('confab', { ackedPerSecond: 12_000 })], besideRaw));
    expect(table).toMatch(/acked\/s at saturation \(\/s\) +1,000 +12,000 +12\.00 × +≥ 8 × +≥ 10 × +stretch met/);
  });
});
