// Lists what failed by a report of jest (`--json`): a line per test, with the file it stands in and the first line of what it says.
// Usage: node scripts/failed-tests.mjs REPORT [--files]. With `--files` only the files are listed. Fails where the report cannot be read.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');
const mostLetters = 300;

const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const filesOnly = process.argv.includes('--files');
for (const { name, message, assertionResults } of testResults.filter(({ status }) => status === 'failed')) {
  if (filesOnly) {
    console.log(name);
    continue;
  }
  const failed = assertionResults.filter((test) => test.status === 'failed');
  const file = relative(root, name);
  for (const test of failed) console.log(`${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  if (failed.length === 0) console.log(`${file}: did not run: ${firstLine(message)}`);
}

function firstLine(text = '') {
  const lines = stripVTControlCharacters(text).split('\n');
  return (
    lines
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, mostLetters) ?? 'no words'
  );
}
