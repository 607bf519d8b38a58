import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { plainContracts } from './plain-contracts.ts';

const entry = fileURLToPath(new URL('src/service-worker/main.ts', import.meta.url));
const fileName = 'service-worker.js';

/**
 * The service worker as one script at the root of the origin: its scope is the whole page. A script without imports, since not every browser knows
 * modules there. Its name has no hash: browsers ask for it by that name, and compare.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'confab-service-worker',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: await scriptOf() });
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${fileName}`, (_request, response, next) => {
        scriptOf().then(
          (code) => response.setHeader('Content-Type', 'text/javascript').setHeader('Cache-Control', 'no-cache').end(code),
          next,
        );
      });
    },
  };
}

async function scriptOf(): Promise<string> {
  const built = await build(config);
  const [first] = [built].flat() as Rolldown.RolldownOutput[];
  const chunk = first?.output[0];
  if (!chunk) throw new Error('The service worker was not built.');
  return chunk.code;
}

const config: InlineConfig = {
  configFile: false,
  logLevel: 'warn',
  plugins: [plainContracts()],
  publicDir: false,
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false } },
  },
};
