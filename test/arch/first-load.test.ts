import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type BuiltChunk, firstLoadKb } from '../../web/first-load.ts';

/** Bytes that gzip does not make smaller, in a hundred thousands. */
const chunk = (fileName: string, size: number, more: Partial<BuiltChunk> = {}): BuiltChunk => ({
  type: 'chunk',
  fileName,
  code: randomBytes(size * 50_000).toString('latin1'),
  isEntry: false,
  imports: [],
  facadeModuleId: null,
  ...more,
});

describe('the first load of the page', () => {
  const entry = chunk('index.js', 1, { isEntry: true, imports: ['react.js'] });
  const react = chunk('react.js', 2, { imports: ['index.js', 'runtime.js'] });
  const runtime = chunk('runtime.js', 1);
  const later = chunk('dialogs.js', 20);
  const alone = firstLoadKb([entry], /none/);

  test('is the entry with all that it imports, once each, and nothing that is read later', () => {
    expect(firstLoadKb([entry, react, runtime, later], /none/) / alone).toBeCloseTo(4, 1);
  });

  test('has the largest of the languages', () => {
    const languages = [chunk('ru.js', 3, { facadeModuleId: '/web/i18n/ru.ts' }), chunk('de.js', 2, { facadeModuleId: '/web/i18n/de.ts' })];
    expect(firstLoadKb([entry, later, ...languages], /\/i18n\//) / alone).toBeCloseTo(4, 1);
  });
});
