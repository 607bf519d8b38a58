import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const licence = createRequire(import.meta.url).resolve('@fontsource-variable/inter/LICENSE');

/** Has the page ask for the letters of every language at once with its script, and puts the font's licence beside the font. */
export function bundledFont(): Plugin {
  return {
    name: 'confab-bundled-font',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'assets/Inter-OFL.txt', source: await readFile(licence, 'utf8') });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => /inter-latin-wght-normal[^/]*\.woff2$/.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${name}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}
