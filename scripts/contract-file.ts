import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** Where a new declaration goes: the file of its noun, and its text so far ('' where there is none). */
export interface ContractFile {
  readonly area: string;
  /** The name behind the dot: `pinMessage`. */
  readonly camel: string;
  /** Below the root: `src/contracts/chat/pins.ts`. */
  readonly path: string;
  readonly text: string;
}

/**
 * The file for `name` (`area.name`) below `root`.
 *
 * @throws Error - for a name or noun of another form, an unknown module, or a name that is declared already
 */
export function contractFile(root: string, { name, noun, example }: { name: string; noun: string; example: string }): ContractFile {
  const [area, camel] = /^([a-z]+)\.([a-z][A-Za-z]+)$/.exec(name)?.slice(1) ?? [];
  if (area === undefined || camel === undefined) throw new Error(`"${name}" is not ${example}.`);
  if (!/^[a-z]+(-[a-z]+)*$/.test(noun)) throw new Error(`"${noun}" is not the file of a noun, as in pins or read-state.`);
  const areas = readdirSync(join(root, 'src/modules'));
  if (!areas.includes(area)) throw new Error(`There is no module ${area}, only ${areas.join(', ')}.`);
  const folder = `src/contracts/${area}`;
  const read = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const declaring = readdirSync(join(root, folder)).filter((file) => read(`${folder}/${file}`).includes(`name: '${name}'`));
  if (declaring.length > 0) throw new Error(`${name} is declared already, in ${folder}/${declaring.join(', ')}.`);
  const path = `${folder}/${noun}.ts`;
  return { area, camel, path, text: read(path) };
}

/** The text with `name` imported from `from`, where it is not yet. */
export function withImport(text: string, name: string, from: string): string {
  const line = new RegExp(`import (type )?\\{([^}]*?),?\\s*\\} from '${from.replaceAll('.', '\\.')}';`);
  const [imported, type, names = ''] = line.exec(text) ?? [];
  if (imported === undefined) return `import { ${name} } from '${from}';\n${text}`;
  if (type !== undefined) return text.replace(imported, `import { ${name},${names.replace(/\w+( as \w+)?/g, 'type $&')} } from '${from}';`);
  return new RegExp(`\\b${name}\\b`).test(names) ? text : text.replace(imported, `import {${names}, ${name} } from '${from}';`);
}

/** A first summary: `pinMessage` → `pin message`. */
export const wordsOf = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** As the formatter writes it. */
export const formatted = async (root: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(join(root, 'package.json'))), parser: 'typescript' });
