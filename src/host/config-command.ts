import { parseArgs } from 'node:util';
import type { ConfigSection } from '../kernel/config/variable.ts';
import { faultsText, inspectEnvironment, type Inspection, sections, unknownText, unusedText } from './config.ts';
import type { ReadVariable } from './environment.ts';

interface Output {
  print(line: string): void;
  /** For what is wrong or odd. */
  warn(line: string): void;
}

/** `confab config [--json]`: what holds on this environment, and from where; answers the exit code, 1 where a start would refuse it. */
export function configCommand(args: readonly string[], output: Output, inspection?: Inspection): number {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    output.print(variablesHelp());
    return 0;
  }
  const found = inspection ?? inspectEnvironment();
  if (values.json) output.print(JSON.stringify(asJson(found), null, 2));
  else describe(found, output);
  return found.faults.length === 0 ? 0 : 1;
}

function describe({ variables, faults, unused, unknown }: Inspection, { print, warn }: Output): void {
  print(table(variables.map((each) => [each.variable.name, valueText(each), sourceText(each)])));
  for (const line of [...unused.map(unusedText), ...unknown.map(unknownText)]) warn(line);
  if (faults.length > 0) warn(faultsText(faults));
}

/** What may be shown of a value; null where none is set and none is the default. A value that is refused is not shown: it may be half of a password. */
function shownValue({ variable, text, faults }: ReadVariable): string | null {
  if (faults.length > 0) return null;
  if (text === undefined) return variable.default ?? null;
  return variable.shown?.(text) ?? text;
}

function valueText(read: ReadVariable): string {
  if (read.faults.length > 0) return '(refused)';
  const shown = shownValue(read) ?? '';
  if (shown !== '') return shown;
  return read.variable.otherwise === undefined ? '–' : `(${plain(read.variable.otherwise)})`;
}

const sourceText = ({ variable, source }: ReadVariable): string => (source === 'file' ? `${variable.name}_FILE` : source);

const asJson = ({ variables, faults, unused, unknown }: Inspection) => ({
  variables: variables.map((read) => ({
    name: read.variable.name,
    value: shownValue(read),
    source: read.source,
    default: read.variable.default ?? null,
    meaning: plain(read.variable.meaning),
  })),
  faults,
  unused,
  unknown,
});

/** Every variable with its default and its meaning, by owner. */
export const variablesHelp = (): string => sections.map(sectionHelp).join('\n\n');

const sectionHelp = ({ title, variables }: ConfigSection): string =>
  `${title}\n${Object.values(variables)
    .map((variable) => {
      const value = variable.default ?? variable.otherwise ?? '';
      return `  ${variable.name}${value === '' ? '' : ` [${plain(value)}]`}\n      ${plain(variable.meaning)}`;
    })
    .join('\n')}`;

/** Without the marks of Markdown. */
const plain = (text: string): string => text.replaceAll('`', '');

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
