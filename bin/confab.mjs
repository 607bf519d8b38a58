#!/usr/bin/env node
// `npx confab …`: the command line of the server, built first where it is stale. What needs a recent Node is loaded after the check.
import '../scripts/require-node.mjs';

import('./run.mjs').catch(function (error) {
  process.stderr.write(String((error && error.stack) || error) + '\n');
  process.exit(1);
});
