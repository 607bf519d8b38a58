import { measures } from '../workloads/workload.ts';
import type { Report, Row } from './report.ts';

/** The report as a table for a terminal. */
export function printed({ comparison, rows, shares, problems }: Report): string {
  const head = ['workload', 'measure', comparison.base, comparison.tested, 'ratio', 'spread', 'goal', 'stretch', ''];
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const table = lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  const busy = shares.map(({ workload, system, server, generator }) => {
    const who =
      server > 0.9
        ? 'the server was the bottleneck'
        : generator > 0.9
          ? 'THE GENERATOR WAS THE BOTTLENECK'
          : 'NEITHER CORE WAS FULL: widen the window';
    return `  ${workload.padEnd(8)} ${system.padEnd(8)} server ${percent(server)}, generator ${percent(generator)}: ${who}`;
  });
  return [
    ...table,
    ...(busy.length > 0 ? ['', 'Cores at saturation:', ...busy] : []),
    ...(problems.length > 0 ? ['', 'Problems:', ...problems.map((line) => `  ${line}`)] : []),
  ].join('\n');
}

function cells({ workload, measure, base, tested, ratio, spread, goal, verdict }: Row): string[] {
  const { title, unit, better } = measures[measure];
  const sign = better === 'more' ? '≥' : '≤';
  const bound = (value: number | undefined): string =>
    value === undefined ? '' : `${sign} ${String(value)}${goal?.of === 'ratio' ? ' ×' : goal?.of === 'difference' ? ' more' : ''}`;
  return [
    workload,
    `${title} (${unit})`,
    figure(base),
    figure(tested),
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    spread === undefined ? '' : spread.toFixed(2),
    bound(goal?.goal),
    bound(goal?.stretch),
    verdict ?? '',
  ];
}

function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

function percent(share: number): string {
  return `${String(Math.round(share * 100)).padStart(3)} %`;
}
