/** What is asked of a long history, and how it is named in a report. */
export const growSteps = {
  send: 'a message sent',
  pageEnd: 'the newest page of history',
  pageMiddle: 'a page from the middle',
  sync: 'a sync after 20 missed messages',
  rare: 'a search for a rare word',
  common: '… for a common word',
  twoWords: '… for two words',
  phrase: '… for a phrase',
  prefix: '… for the beginning of a word',
} as const;

export type GrowStep = keyof typeof growSteps;

export const searchSteps = ['rare', 'common', 'twoWords', 'phrase', 'prefix'] as const satisfies readonly GrowStep[];
/** Those that may hardly cost more in a history a hundred times as long. */
export const steadySteps = ['send', 'pageEnd', 'pageMiddle', 'sync'] as const satisfies readonly GrowStep[];

const figures = {
  P50Ms: { title: 'p50', unit: 'ms' },
  P95Ms: { title: 'p95', unit: 'ms' },
  Cpu: { title: 'CPU', unit: 'µs' },
} as const;

export type GrowFigure = keyof typeof figures;
export const growFigures = Object.keys(figures) as GrowFigure[];

interface GrowMeasure {
  readonly title: string;
  readonly unit: string;
  readonly better: 'less';
}

export const growMeasures = Object.fromEntries(
  Object.entries(growSteps).flatMap(([step, what]) =>
    Object.entries(figures).map(([figure, { title, unit }]) => [`${step}${figure}`, { title: `${what}, ${title}`, unit, better: 'less' }]),
  ),
) as unknown as Readonly<Record<`${GrowStep}${GrowFigure}`, GrowMeasure>>;
