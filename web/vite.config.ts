import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { bundledFont } from './bundled-font.ts';
import { firstLoad } from './first-load.ts';
import { mailPreview } from './mail-preview.ts';
import { plainContracts } from './plain-contracts.ts';
import { precompress } from './precompress.ts';
import { serviceWorker } from './service-worker.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const server = 'http://localhost:3000';

/** React has two builds, and Vite takes that for development where the machine says so: a server would serve a page twice as large. */
const builtToServe: Plugin = {
  name: 'confab-built-to-serve',
  config: (_config, { command }) => {
    if (command === 'build') process.env.NODE_ENV = 'production';
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [
    builtToServe,
    plainContracts(),
    react(),
    bundledFont(),
    firstLoad({ atMostKb: 149, oneOf: /\/i18n\/\w+\.ts$/ }),
    serviceWorker(),
    mailPreview(),
    precompress(),
  ],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Keeps `light-dark()` as written; older targets would make the minifier expand it.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    // The server's CSP names no `data:` source for scripts and styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // What changes with none of our commits keeps its name, and so stays in browsers' caches.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            {
              name: 'overlays',
              test: /node_modules[\\/](?:@base-ui|@floating-ui|@babel[\\/]runtime|reselect|use-sync-external-store)[\\/]/,
            },
            { name: 'vendor', test: /node_modules[\\/]/, tags: ['$initial'] },
            // What the entry shares with later parts: one file compresses better than many.
            { name: 'page', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    fs: { allow: [here('..')] },
    proxy: {
      '/api': server,
      '/health': server,
      '/.well-known': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
