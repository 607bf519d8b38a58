import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageFault } from '../usage-fault.ts';
import { destinationOf } from './destination.ts';

const nowhere = { promoteUrl: undefined };
const to = (kind: string, url: string) => destinationOf(['--to', kind, '--url', url], nowhere);
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageFault) return error.message;
    throw error;
  }
  return '';
};

test.each([
  ['postgres', 'postgresql://u:s3cret#1@db/confab'],
  ['postgres', 'postgresql://u:s3cret/1@db/confab'],
  ['postgres', 'postgresql://u:s3cret%@db/confab'],
  ['postgres', 'postgresql://u:s3cret@db:543211/confab'],
  ['postgres', 'postgresql://u:s3cret@db:port/confab'],
  ['mongodb', 'mongodb://u:s3cret#1@db/confab'],
  ['mongodb', 'mongodb://u:s3cret@one:27017,two:99999/confab'],
  ['mongodb', 'postgresql://u:s3cret@db/confab'],
])('promote --to %s refuses an address that the environment would refuse as well: %s', (kind, url) => {
  const fault = faultOf(() => to(kind, url));
  expect(fault).toMatch(/^--url (must be|cannot be read|has no host)/);
  expect(fault).not.toContain('s3cret');
});

test.each([
  ['postgres', 'postgres://u:p%23@[::1]:5432/confab?sslmode=require'],
  ['postgres', 'postgresql://u:p@/confab?host=/run/postgresql'],
  ['mongodb', 'mongodb+srv://u:p@cluster.example/confab'],
])('promote --to %s takes %s', (kind, url) => {
  expect(to(kind, ` ${url} `)).toEqual({ kind, url });
});

test('the address comes from a file, or else from the environment, and is read in the same way', () => {
  const directory = mkdtempSync(join(tmpdir(), 'confab-destination-'));
  const file = join(directory, 'url');
  writeFileSync(file, 'postgresql://u:p@db/confab\n');
  expect(destinationOf(['--to', 'postgres', '--url-file', file], nowhere).url).toBe('postgresql://u:p@db/confab');
  writeFileSync(file, 'postgresql://u:p#@db/confab\n');
  expect(faultOf(() => destinationOf(['--to', 'postgres', '--url-file', file], nowhere))).toContain(`--url-file ${file} cannot be read`);
  rmSync(directory, { recursive: true });
  const promoteUrl = 'mongodb://db/confab';
  expect(destinationOf(['--to', 'mongodb'], { promoteUrl })).toEqual({ kind: 'mongodb', url: promoteUrl });
  expect(faultOf(() => destinationOf(['--to', 'postgres'], { promoteUrl }))).toMatch(/^CONFAB_PROMOTE_URL must be postgresql:/);
});

test('without a destination or an address it says what is missing', () => {
  expect(faultOf(() => destinationOf(['--to', 'oracle'], nowhere))).toContain('--to postgres or --to mongodb');
  expect(faultOf(() => destinationOf(['--to', 'postgres'], nowhere))).toContain('needs --url postgresql://');
  expect(faultOf(() => destinationOf(['--to', 'postgres', '--url', ''], nowhere))).toContain('needs --url postgresql://');
});
