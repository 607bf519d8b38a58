import { parseArgs } from 'node:util';
import type { Output } from '../contracts/define.ts';
import { checkStore, removeOrphans } from '../contracts/media/upkeep.ts';
import { hours } from '../kernel/clock.ts';
import type { CliApp } from './cli-app.ts';
import { UsageFault } from './usage-fault.ts';

type Step = Output<typeof checkStore>;
type Orphan = Step['orphans'][number];
type Print = (line: string) => void;

/** Bytes lie in the store before their file is entered. An upload that is being entered is younger. */
const youngMs = hours(1);
/** One step reads at most so long. */
const stepMs = hours(1);
const removedTogether = 500;

const faults: Readonly<Record<Step['lacking'][number]['fault'], string>> = {
  missing: 'missing     ',
  other_size: 'other size  ',
  other_digest: 'other digest',
};

export function mediaCommand(args: readonly string[]): (cliApp: CliApp, print: Print) => Promise<number> {
  const [name, ...rest] = args;
  if (name === 'check') {
    const { values } = parseArgs({ args: rest, options: { digest: { type: 'boolean', default: false } } });
    return (cliApp, print) => check(cliApp, { print, digest: values.digest });
  }
  if (name === 'sweep') {
    const { values } = parseArgs({
      args: rest,
      options: { 'dry-run': { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
    });
    return (cliApp, print) => sweep(cliApp, { print, isDryRun: values['dry-run'], all: values.all });
  }
  throw new UsageFault('media needs check or sweep.');
}

/** Status 1 where bytes are missing or are others. */
async function check(cliApp: CliApp, { print, digest }: { print: Print; digest: boolean }): Promise<number> {
  let looked = 0;
  let lacking = 0;
  const orphans: Orphan[] = [];
  for await (const step of steps(cliApp, digest)) {
    looked += step.looked;
    lacking += step.lacking.length;
    for (const one of step.lacking) print(`${faults[one.fault]} ${one.key}  ${String(one.size)} bytes  ${wordsFor(one)}`);
    orphans.push(...step.orphans.filter((orphan) => isOld(orphan)));
  }
  for (const { key, size, storedAt } of orphans) print(`no file      ${key}  ${String(size)} bytes  stored ${storedAt}`);
  print(`Objects of files, previews and uploads: ${String(looked)}. With a fault: ${String(lacking)}.`);
  if (orphans.length > 0) print(`Objects of no file: ${amountOf(orphans)}. confab media sweep removes them.`);
  return lacking === 0 ? 0 : 1;
}

async function sweep(cliApp: CliApp, { print, isDryRun, all }: { print: Print; isDryRun: boolean; all: boolean }): Promise<number> {
  let count = 0;
  let bytes = 0;
  for await (const step of steps(cliApp, false)) {
    const orphans = step.orphans.filter((orphan) => all || isOld(orphan));
    count += isDryRun ? orphans.length : await remove(cliApp, orphans);
    bytes += orphans.reduce((sum, { size }) => sum + size, 0);
  }
  if (all && !isDryRun) count += (await cliApp.change(removeOrphans, { keys: [], abandoned: true }, stepMs)).removed;
  print(`Objects of no file: ${String(count)} (${String(bytes)} bytes). ${isDryRun ? 'Nothing was removed.' : 'They were removed.'}`);
  return 0;
}

async function remove(cliApp: CliApp, orphans: readonly Orphan[]): Promise<number> {
  let removed = 0;
  for (let at = 0; at < orphans.length; at += removedTogether) {
    const keys = orphans.slice(at, at + removedTogether).map(({ key }) => key);
    removed += (await cliApp.change(removeOrphans, { keys }, stepMs)).removed;
  }
  return removed;
}

async function* steps(cliApp: CliApp, digest: boolean): AsyncGenerator<Step> {
  for (let after: string | null = null; ;) {
    const step: Step = await cliApp.ask(checkStore, { after, digest }, stepMs);
    yield step;
    if (step.next === null) return;
    after = step.next;
  }
}

const isOld = ({ storedAt }: Orphan): boolean => Date.parse(storedAt) < Date.now() - youngMs;

const amountOf = (orphans: readonly Orphan[]): string =>
  `${String(orphans.length)} (${String(orphans.reduce((sum, { size }) => sum + size, 0))} bytes)`;

function wordsFor({ of, file }: Step['lacking'][number]): string {
  const what = { file: 'of', preview: 'preview of', upload: 'part of an upload that has not ended' }[of];
  return file ? `${what} ${JSON.stringify(file.name)} (file ${file.id}, owner ${file.ownerId})` : what;
}
