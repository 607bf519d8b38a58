import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './cruise.ts';

const skipped = new Set(['node_modules', 'dist', 'generated', 'data', 'coverage', '.git']);

/** Paths below the root of every file of these folders, in order. */
export function filesOf(folders: readonly string[], isWanted: (path: string) => boolean = () => true): readonly string[] {
  const walk = (directory: string): string[] =>
    readdirSync(directory, { withFileTypes: true })
      .filter(({ name }) => !skipped.has(name))
      .flatMap((entry) => (entry.isDirectory() ? walk(join(directory, entry.name)) : [join(directory, entry.name)]));
  return folders
    .flatMap((folder) => walk(join(root, folder)))
    .map((path) => relative(root, path))
    .filter(isWanted)
    .sort();
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export const isTest = (path: string): boolean => /\.(test|suite)\.tsx?$/.test(path);

/** `sendMessage` → `send-message`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `lease-store` → `LeaseStore`. */
export const pascal = (name: string): string => name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());
