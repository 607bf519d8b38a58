// `npm run dev`: the server restarts and the page reloads when their source changes, on a data directory of its own with a
// team already in it (scripts/seed.mjs). Open http://localhost:5173.
import './require-node.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { seed } from './seed.mjs';

const root = join(import.meta.dirname, '..');
const env = {
  CONFAB_DATA_DIR: join(root, 'data', 'dev'),
  CONFAB_PUBLIC_URL: 'http://localhost:3000',
  CONFAB_ALLOWED_ORIGINS: 'http://localhost:5173',
  CONFAB_REGISTRATION: 'open',
  CONFAB_LOG_FORMAT: 'pretty',
  ...process.env,
};
const bin = (name) => join(root, 'node_modules', '.bin', name);

await buildStale();
const children = [
  spawn(bin('tsx'), ['watch', '--clear-screen=false', '--include', 'prisma/migrations/**', 'src/host/main.ts'], {
    cwd: root,
    env,
    stdio: 'inherit',
  }),
  spawn(bin('vite'), ['--config', 'web/vite.config.ts', '--clearScreen', 'false'], { cwd: root, env, stdio: 'inherit' }),
];
for (const child of children) child.on('exit', (code) => end(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));

try {
  const people = await seed({ url: `http://localhost:${env.PORT ?? '3000'}`, dataDir: env.CONFAB_DATA_DIR });
  console.log(`\nOpen http://localhost:5173 and sign in as ${people.join(', ')}; the password is "demo demo demo".\n`);
} catch (error) {
  console.error(`The demo team could not be made: ${error instanceof Error ? error.message : String(error)}`);
}

let isEnding = false;
function end(code) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => process.exit(code), 3000).unref();
  void Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)))).then(() =>
    process.exit(code),
  );
}
