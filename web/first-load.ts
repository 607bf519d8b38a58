import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the gate reads of a chunk of the build. */
export interface BuiltChunk {
  readonly type: 'chunk';
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly facadeModuleId: string | null;
}

export interface FirstLoad {
  /** Kilobytes (1,000 bytes) of JavaScript, each file compressed by gzip. */
  readonly atMostKb: number;
  /** Parts that are read by themselves and still belong to it: of these, the largest one. */
  readonly oneOf: RegExp;
}

/** Stops a build whose page takes more to show a conversation than was agreed: what the first paint does not need is to be read later. */
export function firstLoad(agreed: FirstLoad): Plugin {
  return {
    name: 'confab-first-load',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const kb = firstLoadKb(
          Object.values(bundle).filter((file): file is (typeof bundle)[string] & BuiltChunk => file.type === 'chunk'),
          agreed.oneOf,
        );
        if (kb <= agreed.atMostKb) return;
        this.error(
          `The first load of the page is ${kb.toFixed(1)} KB of compressed JavaScript, and ${String(agreed.atMostKb)} KB are agreed. ` +
            'Read later what the first paint does not need (`lazy`, `import()`), or agree to more in web/vite.config.ts.',
        );
      },
    },
  };
}

/** The entry with all that it imports, and the largest of the parts that one of is read with it. */
export function firstLoadKb(chunks: readonly BuiltChunk[], oneOf: RegExp): number {
  const sizes = new Map(chunks.map((chunk) => [chunk.fileName, gzipSync(chunk.code, { level: 9 }).byteLength / 1000]));
  const first = new Set<string>();
  const take = (fileName: string): void => {
    if (first.has(fileName)) return;
    first.add(fileName);
    for (const imported of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) take(imported);
  };
  for (const { isEntry, fileName } of chunks) if (isEntry) take(fileName);
  const parts = chunks.filter(({ facadeModuleId }) => facadeModuleId !== null && oneOf.test(facadeModuleId));
  const largest = Math.max(0, ...parts.map(({ fileName }) => sizes.get(fileName) ?? 0));
  return largest + [...first].reduce((sum, fileName) => sum + (sizes.get(fileName) ?? 0), 0);
}
