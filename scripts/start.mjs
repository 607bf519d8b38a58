// `npm start`. What needs a recent Node is loaded after the check.
import './require-node.mjs';

import('./start-server.mjs').catch(function (error) {
  process.stderr.write(String((error && error.stack) || error) + '\n');
  process.exit(1);
});
