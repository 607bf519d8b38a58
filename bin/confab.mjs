#!/usr/bin/env node
// `npx confab …`: the command line of the server, built first where it is stale.
import { buildStale } from '../scripts/build.mjs';

await buildStale();
await import('../dist/server/cli.mjs');
