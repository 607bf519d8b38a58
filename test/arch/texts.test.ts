import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { englishParts, textParts } from '../../web/src/shared/i18n/parts.ts';
import { root } from './cruise.ts';
import { textOf } from './files.ts';

const keys = (await Promise.all(textParts.map(async (part) => Object.keys(await englishParts[part]())))).flat();

/** Files that the entry of the page imports, and those that these import; not what is imported later, nor types. */
function firstFiles(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry) || !existsSync(join(root, entry))) return found;
  found.add(entry);
  for (const [, path = ''] of textOf(entry).matchAll(/^(?:import|export)(?! type)[^'"]*?'(\.[^']+\.tsx?)';/gm))
    firstFiles(normalize(join(dirname(entry), path)), found);
  return found;
}

/** Keys that a file names, also those that begin as one of its templates does. */
function namedIn(text: string): string[] {
  const literals = new Set(Array.from(text.matchAll(/'([\w.-]+)'/g), ([, literal]) => literal));
  const beginnings = Array.from(text.matchAll(/\bt\(`([\w.-]+)\$\{/g), ([, beginning = '']) => beginning);
  return keys.filter((key) => literals.has(key) || beginnings.some((beginning) => key.startsWith(beginning)));
}

test('what the page loads first shows no text of a part that is read later', () => {
  const files = [...firstFiles('web/src/main.tsx')].filter((file) => file.startsWith('web/src/') && !file.includes('/i18n/'));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => namedIn(textOf(file)).map((key) => `${file}: ${key}`))).toEqual([]);
});
